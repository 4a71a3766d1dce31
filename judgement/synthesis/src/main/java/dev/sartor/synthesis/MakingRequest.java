package dev.sartor.synthesis;

import dev.sartor.core.Problems;

/// What is to be made.
///
/// @param count how many pairs
/// @param tries how often a passage is asked about at most, 0 for four times the count
/// @param paraphrases of each question that is kept, at most
/// @param negatives passages for each question that do not answer it
/// @param least probability of being right with which a pair is kept, 0 to 1
/// @param seed where chance starts
public record MakingRequest(
        int count, int tries, int paraphrases, int negatives, double least, long seed) {
    private static final int MOST = 1_000_000;
    private static final int TRIES_A_PAIR = 4;

    /// Of as many right pairs as wrong ones, 77 in 100 right ones are kept from here on, and 83 in 100 of the kept ones are right
    /// (bench/results/data_make.json).
    public static final double USUAL_LEAST = 0.6;

    public MakingRequest {
        Problems.refuseUnless(
                count >= 1 && count <= MOST,
                "--count",
                "1 to " + MOST,
                count,
                "300 is a beginning");
        tries = tries == 0 ? TRIES_A_PAIR * count : tries;
        Problems.refuseUnless(
                tries >= count && tries <= TRIES_A_PAIR * (long) MOST,
                "--tries",
                "at least --count",
                tries,
                "four for each pair are usual");
        Problems.refuseUnless(
                paraphrases >= 0 && paraphrases <= 10,
                "--paraphrases",
                "0 to 10",
                paraphrases,
                "2 tell a retriever more than 1");
        Problems.refuseUnless(
                negatives >= 0 && negatives <= 20,
                "--negatives",
                "0 to 20",
                negatives,
                "1 is usual");
        Problems.refuseUnless(
                least >= 0 && least <= 1, "--least", "0 to 1", least, USUAL_LEAST + " is usual");
    }
}
