package dev.sartor.tune.objective;

import dev.sartor.tune.privacy.PrivateSteps;
import java.util.List;

/// Rows of private steps: each is drawn by itself for each step, so that steps differ in size and some rows are seen more often than
/// others. What a private training costs is counted for rows that are drawn so.
record PoissonRows<R>(List<R> rows, PrivateSteps steps, int inEpoch) implements StepRows<R> {
    @Override
    public List<R> at(int step) {
        return steps.drawn(rows, step);
    }
}
