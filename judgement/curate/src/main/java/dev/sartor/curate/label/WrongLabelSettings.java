package dev.sartor.curate.label;

import dev.sartor.core.Problems;

/// How wrong labels are looked for.
///
/// @param folds of the cross-validation, 2 to 50
/// @param repeats of the cross-validation, with other folds each, whose probabilities are averaged; 1 to 10
/// @param rounds how often everything is learned anew without the rows that are suspected so far, 0 to 10
/// @param neighbours how many of the nearest rows vote on a label, 0 to 1000; 0 leaves their vote out
/// @param seed of the shuffle that deals rows to folds
public record WrongLabelSettings(int folds, int repeats, int rounds, int neighbours, long seed) {
    public WrongLabelSettings {
        Problems.refuseUnless(
                folds >= 2 && folds <= 50,
                "curate.wrong_labels.folds",
                "2 to 50",
                folds,
                "5 is usual");
        Problems.refuseUnless(
                repeats >= 1 && repeats <= 10,
                "the repeats of the folds",
                "1 to 10",
                repeats,
                "2 is usual");
        Problems.refuseUnless(
                rounds >= 0 && rounds <= 10,
                "the rounds of judging labels",
                "0 to 10",
                rounds,
                "1 is usual");
        Problems.refuseUnless(
                neighbours >= 0 && neighbours <= 1000,
                "the neighbours that vote on a label",
                "0 to 1000",
                neighbours,
                "50 is usual");
    }

    /// What the benchmark bench/wrong_labels.py measures.
    public static WrongLabelSettings usual() {
        return new WrongLabelSettings(5, 2, 1, 50, 1);
    }
}
