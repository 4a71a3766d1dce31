package dev.sartor.tune;

/// One text to learn from.
///
/// @param ids its tokens
/// @param answerStart where the answer begins; from there on every token is to be learned. At least 1, less than the
///     number of tokens
public record TrainingRow(int[] ids, int answerStart) {
    public TrainingRow {
        if (answerStart < 1 || answerStart >= ids.length) {
            throw new IllegalArgumentException(
                    "an answer must begin after the first of "
                            + ids.length
                            + " tokens, got "
                            + answerStart);
        }
    }
}
