package dev.sartor.core;

/// Which tokens may be drawn at all, applied in this order, as in transformers.
///
/// @param topK the likeliest k tokens (Fan et al. 2018); 0 keeps all
/// @param topP the smallest set of tokens whose probabilities reach this sum (Holtzman et al. 2019), 0 (exclusive) to 1
/// @param minP tokens at least this part as likely as the likeliest (Nguyen et al. 2024), 0 to 1; 0 keeps all
public record Truncation(int topK, double topP, double minP) {
    private static final Truncation NONE = new Truncation(0, 1, 0);

    public Truncation {
        Problems.refuseUnless(topK >= 0, "top_k", "at least 0", topK, "0 keeps every token");
        Problems.refuseUnless(
                topP > 0 && topP <= 1,
                "top_p",
                "more than 0, at most 1",
                topP,
                "1 keeps every token");
        Problems.refuseUnless(
                minP >= 0 && minP <= 1, "min_p", "0 to 1", minP, "0 keeps every token");
    }

    /// Every token may be drawn.
    public static Truncation none() {
        return NONE;
    }
}
