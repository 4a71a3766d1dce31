package dev.sartor.jobs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Does the training of a project's folder, or goes on with it. Thread-safe.
public interface Trainer {
    /// Begins. What an earlier process of this folder still does ends first.
    ///
    /// @param project the folder of a project whose training is called {@link TrainingProject#NAME}
    Run start(Path project);

    /// A training that runs.
    interface Run {
        /// How it ended; empty where it has not within this time.
        Optional<Ended> endedWithin(Duration time);

        /// Has it end at its next safe point, and waits for that.
        void stop();
    }

    /// @param exit as the command ends: 0 done, 3 something is missing, 130 stopped, above 128 killed
    /// @param result what it printed, JSON where it is done
    /// @param said the last lines of what it said
    record Ended(int exit, String result, String said) {}
}
