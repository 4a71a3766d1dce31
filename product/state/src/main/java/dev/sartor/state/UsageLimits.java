package dev.sartor.state;

import dev.sartor.core.Problems;
import java.util.OptionalLong;

/// How much a key or a tenant may use.
///
/// @param requestsMinute 1 to 1,000,000,000; empty for any number, as everywhere here
/// @param tokensMinute of prompts and answers, 1 to 1,000,000,000
/// @param concurrent requests that are answered at once, 1 to 1,000,000
/// @param budget money a calendar month (UTC), in billionths
public record UsageLimits(
        OptionalLong requestsMinute,
        OptionalLong tokensMinute,
        OptionalLong concurrent,
        OptionalLong budget) {
    private static final long MOST = 1_000_000_000;
    private static final long MOST_AT_ONCE = 1_000_000;
    private static final long MOST_NANOS = 1_000_000_000_000_000_000L;

    public UsageLimits {
        check("--requests-per-minute", requestsMinute, MOST, "60");
        check("--tokens-per-minute", tokensMinute, MOST, "100000");
        check("--concurrent", concurrent, MOST_AT_ONCE, "4");
        Problems.refuseUnless(
                budget.orElse(0) >= 0 && budget.orElse(0) <= MOST_NANOS,
                "--budget",
                "0 to 1,000,000,000",
                budget.orElse(0) / 1e9,
                "such as --budget 25");
        Problems.refuseUnless(
                requestsMinute.isPresent()
                        || tokensMinute.isPresent()
                        || concurrent.isPresent()
                        || budget.isPresent(),
                "limits",
                "at least one of --requests-per-minute, --tokens-per-minute, --concurrent and --budget",
                "none",
                "`sartor limits remove` takes all away");
    }

    private static void check(String option, OptionalLong value, long most, String usual) {
        Problems.refuseUnless(
                value.orElse(1) >= 1 && value.orElse(1) <= most,
                option,
                "1 to " + most,
                value.orElse(1),
                "such as " + option + " " + usual);
    }
}
