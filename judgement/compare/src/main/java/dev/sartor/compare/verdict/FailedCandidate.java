package dev.sartor.compare.verdict;

import dev.sartor.compare.approach.Planned;
import dev.sartor.core.SartorException;

/// A candidate that could not be measured this time, as its remote model did not answer; the next comparison tries it again.
///
/// @param why a sentence or two
public record FailedCandidate(String name, String why, SartorException.Kind kind) {
    public static FailedCandidate of(Planned planned, SartorException failure) {
        return new FailedCandidate(
                planned.candidate(), String.valueOf(failure.getMessage()), failure.kind());
    }
}
