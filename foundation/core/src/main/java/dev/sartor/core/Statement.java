package dev.sartor.core;

import java.util.List;

/// A sentence of an answer, checked against passages.
///
/// @param cites the numbers of passages, from 1, that the sentence itself names, some perhaps of passages that there are not; empty
///     where it names none
/// @param source the number of the passage that holds most of it, of those that it cites or else of all; 0 where none does
/// @param support how much of it the source holds, 0 (nothing) to 1 (all)
/// @param isSupported whether that is enough to say that the answer has it from there
public record Statement(
        String text, List<Integer> cites, int source, double support, boolean isSupported) {
    public Statement {
        cites = List.copyOf(cites);
    }
}
