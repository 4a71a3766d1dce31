package dev.sartor.tune;

import java.util.List;

/// Is told how a training goes, on the trainer's own thread.
public interface TrainingWatcher extends AutoCloseable {
    /// How fast it is and what it takes.
    ///
    /// @param tokensPerSecond of the step, prefixes counted in each row
    /// @param residentMib what the process holds in memory; 0 where the system does not say
    record Pace(double tokensPerSecond, long residentMib) {}

    /// A training begins or goes on; what was told of later steps is void.
    ///
    /// @param step how many steps were taken before
    /// @param steps of the whole training
    void begins(int step, int steps);

    /// What the model could do before the first step, where that is measured.
    default void before(Ability ability) {}

    void step(TrainingReport.StepReport step, Pace pace);

    void check(TrainingReport.CheckReport check);

    /// What the model answers to a few questions of the validation split, told after a measurement.
    ///
    /// @param step how many were taken
    default void answers(int step, List<AnswerSample> samples) {}

    @Override
    void close();
}
