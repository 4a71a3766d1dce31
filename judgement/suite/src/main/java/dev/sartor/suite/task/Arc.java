package dev.sartor.suite.task;

import dev.sartor.suite.file.BenchmarkRow;
import dev.sartor.suite.file.Dataset;
import java.util.List;

/// The AI2 Reasoning Challenge (Clark et al. 2018), by `arc/arc_easy.yaml` and `arc/arc_challenge.yaml`, version 1.0.
///
/// @param name `arc_easy` or `arc_challenge`
/// @param configuration of the data set
record Arc(String name, String configuration) implements BenchmarkTask {
    static final Arc EASY = new Arc("arc_easy", "ARC-Easy");
    static final Arc CHALLENGE = new Arc("arc_challenge", "ARC-Challenge");

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public String file() {
        return "arc/" + name + ".yaml";
    }

    @Override
    public Dataset dataset() {
        return new Dataset(
                "allenai/ai2_arc (" + configuration + ")",
                "test",
                "train",
                List.of("question", "choices.text", "choices.label", "answerKey"));
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
                "Question: " + row.text("question") + "\nAnswer:",
                row.texts("choices.text"),
                Lettered.answer(row, row.text("answerKey")),
                true);
    }
}
