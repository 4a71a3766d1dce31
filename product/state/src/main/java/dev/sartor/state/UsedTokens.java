package dev.sartor.state;

import java.util.Optional;

/// What one key used of one model in a month.
///
/// @param month in UTC, such as `2026-12`
/// @param key the id of the key; empty where callers need none
public record UsedTokens(
        String month, Optional<String> tenant, Optional<String> key, String model, Count count) {
    UsedTokens with(Count other) {
        return new UsedTokens(month, tenant, key, model, other);
    }

    /// @param prompt tokens
    /// @param completion tokens
    /// @param nanos what it cost by the prices of the time, in billionths
    public record Count(long requests, long prompt, long completion, long nanos) {
        Count plus(Count other) {
            return new Count(
                    requests + other.requests,
                    prompt + other.prompt,
                    completion + other.completion,
                    nanos + other.nanos);
        }
    }
}
