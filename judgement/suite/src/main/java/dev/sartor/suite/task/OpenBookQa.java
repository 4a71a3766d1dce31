package dev.sartor.suite.task;

import dev.sartor.suite.file.BenchmarkRow;
import dev.sartor.suite.file.Dataset;
import dev.sartor.suite.python.PythonText;
import java.util.List;

/// OpenBookQA without its book (Mihaylov et al. 2018), by `openbookqa/openbookqa.yaml`, version 1.0.
record OpenBookQa() implements BenchmarkTask {
    @Override
    public String name() {
        return "openbookqa";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public String file() {
        return "openbookqa/openbookqa.yaml";
    }

    @Override
    public Dataset dataset() {
        return new Dataset(
                "allenai/openbookqa (main)",
                "test",
                "train",
                List.of("question_stem", "choices.text", "choices.label", "answerKey"));
    }

    @Override
    public FewShotRule fewShotRule() {
        return FewShotRule.DRAWN;
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
                row.text("question_stem"),
                row.texts("choices.text"),
                Lettered.answer(row, PythonText.stripStart(row.text("answerKey"))),
                true);
    }
}
