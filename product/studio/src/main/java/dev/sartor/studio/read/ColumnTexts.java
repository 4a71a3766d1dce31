package dev.sartor.studio.read;

import java.util.List;

/// What a run's answers say of their examples.
///
/// @param questions their beginnings; empty where another column has them
/// @param references the right answers, the preferred first, joined by slashes; likewise
/// @param cut how many texts are kept by their beginnings alone
record ColumnTexts(List<String> questions, List<String> references, int cut) {
    /// Characters of a question that a table shows and a search looks at.
    static final int QUESTION = 2_000;

    ColumnTexts withoutQuestions() {
        return new ColumnTexts(List.of(), List.of(), cut);
    }

    long bytes() {
        return 2L * questions.stream().mapToInt(String::length).sum();
    }
}
