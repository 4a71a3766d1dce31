package dev.sartor.state;

import dev.sartor.core.Problems;
import dev.sartor.serve.quota.Quotas;

/// What a model's tokens cost, in billionths of a unit of money: 0.15 a million tokens is 150.
///
/// @param model as clients name it; `*` for each that has no price of its own
/// @param prompt a token of a prompt, 0 to 1,000,000,000
/// @param completion a token of an answer, 0 to 1,000,000,000
public record TokenPrice(String model, long prompt, long completion) {
    static final String EACH = "*";
    private static final long MOST = 1_000_000_000;

    public TokenPrice {
        for (long price : new long[] {prompt, completion}) {
            Problems.refuseUnless(
                    price >= 0 && price <= MOST,
                    "a price",
                    "0 to 1,000,000 a million tokens",
                    price / 1e3,
                    "such as --prompt 0.15 --completion 0.60");
        }
    }

    /// Of so much.
    long of(Quotas.Usage usage) {
        return Math.addExact(
                Math.multiplyExact(prompt, usage.prompt()),
                Math.multiplyExact(completion, usage.completion()));
    }
}
