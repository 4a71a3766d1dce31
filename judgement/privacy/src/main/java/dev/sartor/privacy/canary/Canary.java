package dev.sartor.privacy.canary;

import dev.sartor.core.Problems;

/// A random row that stands in a training as often as it says (Carlini et al. 2019, "The Secret Sharer", section 4.1).
///
/// @param question after which a task learns the answer
/// @param opening what the answer begins with, up to the secret
/// @param secret six digits, each drawn alike
/// @param repeats how often the row is planted
public record Canary(String question, String opening, String secret, int repeats) {
    /// Of a secret.
    public static final int DIGITS = 6;

    /// How many secrets there are.
    public static final int SPACE = 1_000_000;

    public Canary {
        Problems.refuseUnless(
                secret.length() == DIGITS && secret.chars().allMatch(c -> c >= '0' && c <= '9'),
                "secret",
                "six digits",
                secret.length() + " characters",
                "`sartor tune --canaries` makes canaries");
        Problems.refuseUnless(
                repeats >= 1, "repeats", "at least 1", repeats, "leave the canary out");
    }

    /// The answer that a task learns, and the text that a training without a task does.
    public String answer() {
        return answer(secret);
    }

    /// The answer with other digits, of which there may be fewer.
    public String answer(String digits) {
        return opening + digits + ".";
    }

    /// A secret by its number.
    ///
    /// @param number from 0 to {@link #SPACE} − 1
    public static String secret(int number) {
        var digits = Integer.toString(number);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }
}
