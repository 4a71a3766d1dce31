package dev.sartor.suite.task;

import dev.sartor.suite.file.BenchmarkRow;
import dev.sartor.suite.file.Dataset;
import java.util.List;

/// A public benchmark as a file of lm-evaluation-harness 0.4.13 defines it.
public interface BenchmarkTask {
    /// As lm-eval calls it.
    String name();

    /// Other names that it may be asked for by, of itself or of a group that it is in.
    default List<String> otherNames() {
        return List.of();
    }

    /// The `version` in the file: figures of different ones do not compare.
    String version();

    /// The file, under `lm_eval/tasks`.
    String file();

    Dataset dataset();

    FewShotRule fewShotRule();

    /// How many examples stand before an item where nothing else is said.
    default int usualFewShot() {
        return 0;
    }

    /// The metric that one figure of the task is, such as `acc_norm,none`.
    String headline();

    /// What a row asks.
    BenchmarkItem item(BenchmarkRow row);
}
