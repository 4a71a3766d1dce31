package dev.sartor.core;

import java.util.List;

/// How free text is drawn from the model's distribution.
///
/// @param temperature 0 takes the likeliest token each time; 1 samples from the distribution as it is
/// @param topP the smallest set of tokens whose probabilities reach this sum, 0 (exclusive) to 1
/// @param seed the same seed, prompt and model give the same text
/// @param stop texts that end the answer; they are not part of it
public record Sampling(double temperature, double topP, long seed, List<String> stop) {
    private static final Sampling GREEDY = new Sampling(0, 1, 0, List.of());

    public Sampling {
        stop = List.copyOf(stop);
        Problems.refuseUnless(
                temperature >= 0 && temperature <= 2,
                "temperature",
                "0 to 2",
                temperature,
                "0 gives the likeliest text");
        Problems.refuseUnless(
                topP > 0 && topP <= 1,
                "top_p",
                "more than 0, at most 1",
                topP,
                "1 keeps every token");
    }

    public static Sampling greedy() {
        return GREEDY;
    }
}
