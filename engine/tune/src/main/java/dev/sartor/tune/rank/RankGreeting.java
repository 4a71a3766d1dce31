package dev.sartor.tune.rank;

import dev.sartor.core.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a rank says of itself when it joins.
///
/// @param rank its own
/// @param ranks how many it believes there are
/// @param training what all ranks must agree on, such as the version, the settings by name and a digest of the rows
record RankGreeting(int rank, int ranks, Map<String, String> training) {
    /// Values that are too long to be read are shown by their beginning.
    private static final int SHOWN = 60;

    RankGreeting {
        training = new TreeMap<>(training);
    }

    byte[] bytes() {
        return Json.line(this).getBytes(StandardCharsets.UTF_8);
    }

    static RankGreeting of(byte[] bytes) {
        return Json.mapper().readValue(bytes, RankGreeting.class);
    }

    /// Why the other may not join, with what differs; empty where it may.
    Optional<String> refusal(RankGreeting other) {
        if (other.ranks != ranks) {
            return Optional.of(
                    "rank "
                            + other.rank
                            + " was started with --ranks "
                            + other.ranks
                            + ", and rank 0 with --ranks "
                            + ranks
                            + ": start all with the same.");
        }
        if (other.rank < 1 || other.rank >= ranks) {
            return Optional.of("--rank must be 1 to " + (ranks - 1) + ", got " + other.rank + ".");
        }
        var names = new TreeSet<>(training.keySet());
        names.addAll(other.training.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(training.get(name), other.training.get(name)))
                .findFirst()
                .map(name ->
                        "rank "
                                + other.rank
                                + " has another training before it than rank 0: its "
                                + name
                                + " is "
                                + shown(other.training.get(name))
                                + ", rank 0's is "
                                + shown(training.get(name))
                                + ". All ranks need the same version of Sartor, the same sartor.yaml and the same files.");
    }

    private static String shown(@org.jspecify.annotations.Nullable String value) {
        if (value == null) {
            return "not there";
        }
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }
}
