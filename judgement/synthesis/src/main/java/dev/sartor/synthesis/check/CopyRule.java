package dev.sartor.synthesis.check;

/// When a question or an answer is a copy of the text. Of 300 right pairs of XQuAD two are taken for one.
final class CopyRule {
    /// Words in a row that question and text share.
    private static final int LONGEST_RUN = 9;

    /// The share of a sentence's words that a question has, in their order.
    private static final double MOST_OF_A_SENTENCE = 0.85;

    /// The share of a passage that is no answer to it any more, from so many words on.
    private static final double MOST_OF_A_PASSAGE = 0.6;

    private static final int LONG_ANSWER = 12;
    private static final int LONG_SENTENCES = 20;

    private CopyRule() {}

    /// @param features of {@link PairFeatures}
    static boolean holds(Features features) {
        double words = Math.expm1(features.of("answer_length"));
        boolean isPassage =
                features.of("answer_of_passage") >= MOST_OF_A_PASSAGE && words >= LONG_ANSWER;
        boolean isSentences = features.of("answer_sentences") >= 1 && words >= LONG_SENTENCES;
        return isPassage
                || isSentences
                || features.of("copied_run_words") >= LONGEST_RUN
                || features.of("copied_of_sentence") >= MOST_OF_A_SENTENCE;
    }
}
