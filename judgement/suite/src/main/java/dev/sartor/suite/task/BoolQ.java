package dev.sartor.suite.task;

import dev.sartor.suite.file.BenchmarkRow;
import dev.sartor.suite.file.Dataset;
import java.util.List;

/// BoolQ of SuperGLUE (Clark et al. 2019), by `super_glue/boolq/default.yaml`, version 2.0.
record BoolQ() implements BenchmarkTask {
    @Override
    public String name() {
        return "boolq";
    }

    @Override
    public String version() {
        return "2.0";
    }

    @Override
    public String file() {
        return "super_glue/boolq/default.yaml";
    }

    @Override
    public Dataset dataset() {
        return new Dataset(
                "aps/super_glue (boolq)",
                "validation",
                "train",
                List.of("passage", "question", "label"));
    }

    @Override
    public FewShotRule fewShotRule() {
        return FewShotRule.DRAWN_WITHOUT_ITEM;
    }

    @Override
    public String headline() {
        return "acc,none";
    }

    @Override
    public BenchmarkItem item(BenchmarkRow row) {
        return new ChoiceItem(
                new BenchmarkItem.Source(row.origin(), row.fields()),
                ChoiceItem.Place.NONE,
                row.text("passage") + "\nQuestion: " + row.text("question") + "?\nAnswer:",
                List.of("no", "yes"),
                row.place("label", 2),
                false);
    }
}
