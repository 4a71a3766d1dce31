package dev.sartor.judge;

import java.util.Optional;

/// Two answers to one question.
///
/// @param reference a right answer that is shown beside them
public record AnswerPair(String question, String first, String second, Optional<String> reference) {
    /// The same pair the other way round.
    public AnswerPair swapped() {
        return new AnswerPair(question, /* first= */ second, /* second= */ first, reference);
    }

    /// Whether there is nothing to judge.
    boolean isOneAnswer() {
        return first.strip().equals(second.strip());
    }
}
