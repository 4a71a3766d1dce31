package dev.sartor.suite.task;

import dev.sartor.suite.file.BenchmarkRow;
import dev.sartor.suite.file.Dataset;
import java.util.List;

/// Physical commonsense, PIQA (Bisk et al. 2020), by `piqa/piqa.yaml`, version 1.0.
record Piqa() implements BenchmarkTask {
    @Override
    public String name() {
        return "piqa";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public String file() {
        return "piqa/piqa.yaml";
    }

    @Override
    public Dataset dataset() {
        return new Dataset(
                "baber/piqa", "validation", "train", List.of("goal", "sol1", "sol2", "label"));
    }

    @Override
    public FewShotRule fewShotRule() {
        return FewShotRule.DRAWN_WITHOUT_ITEM;
    }

    @Override
    public String headline() {
        return "acc_norm,none";
    }

    @Override
    public BenchmarkItem item(BenchmarkRow row) {
        return new ChoiceItem(
                new BenchmarkItem.Source(row.origin(), row.fields()),
                ChoiceItem.Place.NONE,
                "Question: " + row.text("goal") + "\nAnswer:",
                List.of(row.text("sol1"), row.text("sol2")),
                row.place("label", 2),
                true);
    }
}
