package dev.sartor.curate.label;

/// Judges the labels of rows that it has not learned from, beside those who go by vectors.
@FunctionalInterface
public interface HeldOutJudge {
    /// @param rows by the numbers that the caller knows them by
    /// @param folds of each of them its fold, from 0; it is judged by what was learned from the other folds
    /// @param learned which of them may be learned from
    /// @return rows × the caller's labels, probabilities
    double[][] probabilities(int[] rows, int[] folds, boolean[] learned);
}
