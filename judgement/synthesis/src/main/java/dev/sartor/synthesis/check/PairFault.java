package dev.sartor.synthesis.check;

import java.util.Locale;

/// Why a pair is not kept.
public enum PairFault {
    /// A reply that is no question with an answer, or one beyond all bounds.
    MALFORMED("is no question with an answer"),
    /// Another passage may say the answer; this one does not.
    ANSWER_ELSEWHERE("the passage does not say the answer"),
    HALF_ANSWER("the answer is a part of what the passage says"),
    NEEDS_ANOTHER_PASSAGE("the question names something that the passage alone does not tell"),
    COPY("the question or the answer is a copy of the text"),
    UNANSWERABLE("the passage does not answer the question"),
    NEAR_COPY("nearly the same question is there already"),
    /// What is measured on must not be learned from.
    NEAR_HELD_OUT("nearly the same question is among the validation or test examples"),
    READER_DISAGREES("the reader answers otherwise from the passage"),
    KNOWN_WITHOUT_PASSAGE("the reader knows the answer without the passage");

    private final String reason;

    PairFault(String reason) {
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }

    /// As records name it, such as `half_answer`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
