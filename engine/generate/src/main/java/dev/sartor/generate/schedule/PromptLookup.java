package dev.sartor.generate.schedule;

import java.util.Arrays;

/// Guesses the next tokens of a text from what followed the same tokens earlier in it (Saxena 2023, prompt lookup decoding):
/// answers from retrieved passages quote them. Guesses grow while they are right and rest after they were wrong, so that
/// texts that never quote pay next to nothing. Not thread-safe.
final class PromptLookup {
    /// The most tokens guessed at once: integer products of so many rows cost little more than those of one.
    static final int MOST = 7;

    /// The longest and the shortest run of last tokens that is looked for.
    private static final int LONGEST = 4;

    private static final int SHORTEST = 2;
    private static final int LONGEST_REST = 32;

    private int width = MOST;
    private int rest;
    private int nextRest = 1;

    /// @param ids the text so far stands in the first `length`
    /// @return empty where nothing is found, or guesses do not pay at the moment
    int[] guess(int[] ids, int length, int most) {
        if (rest > 0) {
            rest--;
            return new int[0];
        }
        for (int run = Math.min(LONGEST, length - 1); run >= SHORTEST; run--) {
            int at = lastEarlier(ids, length, run);
            if (at >= 0) {
                int end = Math.min(length, at + Math.min(width, most));
                return Arrays.copyOfRange(ids, at, Math.max(at, end));
            }
        }
        return new int[0];
    }

    /// Where the latest earlier occurrence of the last `run` tokens ends; −1 for none.
    private static int lastEarlier(int[] ids, int length, int run) {
        for (int end = length - 1; end >= run; end--) {
            if (Arrays.equals(ids, end - run, end, ids, length - run, length)) {
                return end;
            }
        }
        return -1;
    }

    /// @param guessed at least 1
    void learn(int guessed, int right) {
        if (right == guessed) {
            width = Math.min(MOST, width * 2);
            nextRest = 1;
        } else if (right == 0) {
            width = Math.max(2, width / 2);
            rest = nextRest;
            nextRest = Math.min(LONGEST_REST, nextRest * 2);
        } else {
            width = Math.max(2, right + 1);
            nextRest = 1;
        }
    }
}
