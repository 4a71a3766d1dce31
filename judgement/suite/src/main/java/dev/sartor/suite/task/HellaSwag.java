package dev.sartor.suite.task;

import dev.sartor.suite.file.BenchmarkRow;
import dev.sartor.suite.file.Dataset;
import dev.sartor.suite.python.PythonText;
import java.util.List;
import java.util.regex.Pattern;

/// HellaSwag (Zellers et al. 2019), by `hellaswag/hellaswag.yaml`, version 1.0, and its `utils.py`.
record HellaSwag() implements BenchmarkTask {
    /// What is left of WikiHow's headings. Only a line feed ends a line, as in Python.
    private static final Pattern BRACKETS = Pattern.compile("(?d)\\[.*?\\]");

    @Override
    public String name() {
        return "hellaswag";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public String file() {
        return "hellaswag/hellaswag.yaml";
    }

    @Override
    public Dataset dataset() {
        return new Dataset(
                "Rowan/hellaswag",
                "validation",
                "train",
                List.of("activity_label", "ctx_a", "ctx_b", "endings", "label"));
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
        var context = row.text("ctx_a") + " " + PythonText.capitalize(row.text("ctx_b"));
        var endings = row.texts("endings");
        return new ChoiceItem(
                new BenchmarkItem.Source(row.origin(), row.fields()),
                ChoiceItem.Place.NONE,
                cleaned(row.text("activity_label") + ": " + context),
                endings.stream().map(HellaSwag::cleaned).toList(),
                row.place("label", endings.size()),
                true);
    }

    /// `preprocess`.
    static String cleaned(String text) {
        var dotted = PythonText.strip(text).replace(" [title]", ". ");
        return BRACKETS.matcher(dotted).replaceAll("").replace("  ", " ");
    }
}
