package dev.sartor.retrieve.text;

import dev.sartor.core.Citations;
import dev.sartor.retrieve.split.TextSplitter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A sentence of an answer without its citations, and what they name.
///
/// @param cites numbers of passages, from 1; some may have been made up
record CitedSentence(String text, List<Integer> cites) {
    private static final Pattern BEHIND_FULL_STOP =
            Pattern.compile("([.!?…]+)\\s*((?:\\[\\d{1,2}(?:\\s*[,;]\\s*\\d{1,2})*\\]\\s*)+)");

    CitedSentence {
        cites = List.copyOf(cites);
    }

    /// Citations behind a sentence's full stop are that sentence's.
    ///
    /// @param passages how many there are
    static List<CitedSentence> all(String answer, int passages) {
        var before = BEHIND_FULL_STOP.matcher(answer).replaceAll(" $2$1 ");
        return TextSplitter.sentences(before).stream()
                .map(text -> of(Citations.in(text, passages)))
                .toList();
    }

    private static CitedSentence of(Citations citations) {
        return new CitedSentence(citations.text().strip(), citations.numbers());
    }

    /// The numbers of the passages that it has to stand in: those of its citations that there are, or any where it cites none.
    List<Integer> checkedAgainst(int passages) {
        return cites.isEmpty()
                ? IntStream.rangeClosed(1, passages).boxed().toList()
                : cites.stream().filter(number -> number <= passages).toList();
    }
}
