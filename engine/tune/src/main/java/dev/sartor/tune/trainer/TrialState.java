package dev.sartor.tune.trainer;

import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.tune.TrainingReport;

/// Where a training stands that was let go on for a share of its steps.
public sealed interface TrialState {
    /// What it took so far, over all starts, in seconds.
    double seconds();

    /// It waits at a checkpoint and goes on from there.
    ///
    /// @param score on validation, of its best state so far
    /// @param step where it waits
    /// @param steps of the whole training
    record Paused(double score, double seconds, int step, int steps) implements TrialState {}

    /// Its result is written.
    record Finished(TrainingReport report) implements TrialState {
        @Override
        public double seconds() {
            return report.seconds();
        }

        /// On validation, of the state that was kept.
        public double score() {
            return report.checks().stream()
                    .filter(check -> check.step() == report.bestStep())
                    .flatMap(check -> check.validation().stream())
                    .mapToDouble(Score::value)
                    .findFirst()
                    .orElseThrow(
                            () -> SartorException.defect("what is searched for was not measured"));
        }
    }

    /// It came to nothing: it diverged, or forgot more than it may.
    ///
    /// @param why such as `diverged at step 12`
    record Failed(String why, double seconds) implements TrialState {}

    /// It was computed as another rank than the first, which holds the result.
    record Followed() implements TrialState {
        @Override
        public double seconds() {
            return 0;
        }
    }

    /// As a search takes it.
    default SettingsSearch.Measured measured() {
        return switch (this) {
            case Paused paused -> SettingsSearch.Measured.of(paused.score(), paused.seconds());
            case Finished finished ->
                    SettingsSearch.Measured.of(finished.score(), finished.seconds());
            case Followed _ -> throw SartorException.defect("a search has one rank");
            case Failed failed -> SettingsSearch.Measured.failed(failed.why(), failed.seconds());
        };
    }
}
