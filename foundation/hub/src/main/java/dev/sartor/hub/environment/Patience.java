package dev.sartor.hub.environment;

import dev.sartor.core.Problems;
import java.time.Duration;
import java.util.Random;

/// How long a download waits for what.
///
/// @param connect for a connection
/// @param headers for a server to begin its answer
/// @param stall for the next byte, before the range is asked for again
/// @param attempts how often in a row without progress
/// @param firstPause before the second attempt; doubled each time
/// @param longestPause a server that asks for more is given up
public record Patience(
        Duration connect,
        Duration headers,
        Duration stall,
        int attempts,
        Duration firstPause,
        Duration longestPause) {
    public Patience {
        Problems.refuseUnless(attempts >= 1, "attempts", "1 or more", attempts, "5 is usual");
    }

    static Patience usual() {
        return new Patience(
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                5,
                Duration.ofMillis(500),
                Duration.ofSeconds(30));
    }

    /// How what may pass is tried again.
    public Retry retry() {
        return new Retry(attempts, firstPause, longestPause, longestPause, new Random());
    }
}
