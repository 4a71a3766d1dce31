package dev.sartor.privacy;

import dev.sartor.core.Problems;
import java.time.Duration;
import java.util.Optional;

/// How much an audit looks at.
///
/// @param rows of the training, and as many held-out ones at most
/// @param alternatives secrets that each canary's is ranked among, its own counted
/// @param prompts beginnings of rows that are gone on with
/// @param verbatim tokens in a row that count as a row given away
/// @param seed of whatever is drawn
/// @param time that it may take; empty for as long as it takes
public record AuditSettings(
        int rows, int alternatives, int prompts, int verbatim, long seed, Optional<Duration> time) {
    public AuditSettings {
        within("--rows", rows, 10, 100_000, "500 show an area under the curve to about ±0.04");
        within("--alternatives", alternatives, 10, 100_000, "1000 show exposures up to 10 bits");
        within("--prompts", prompts, 1, 100_000, "100 are usual");
        within("--verbatim", verbatim, 4, 1000, "20 tokens are about 15 English words");
    }

    private static void within(String option, int value, int least, int most, String advice) {
        Problems.refuseUnless(
                value >= least && value <= most, option, least + " to " + most, value, advice);
    }

    public static AuditSettings usual() {
        return new AuditSettings(500, 1000, 100, 20, 1, Optional.empty());
    }
}
