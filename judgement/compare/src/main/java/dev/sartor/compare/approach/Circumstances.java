package dev.sartor.compare.approach;

import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/// What a comparison needs besides the project.
///
/// @param environment looks up an environment variable, for the keys of remote models
/// @param version this program's
public record Circumstances(
        Engines engines,
        Function<String, Optional<String>> environment,
        Progress progress,
        Cancellation cancellation,
        Clock clock,
        String version) {
    public Circumstances with(Progress other) {
        return new Circumstances(engines, environment, other, cancellation, clock, version);
    }
}
