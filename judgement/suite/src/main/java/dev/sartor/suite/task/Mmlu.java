package dev.sartor.suite.task;

import dev.sartor.suite.file.BenchmarkRow;
import dev.sartor.suite.file.Dataset;
import dev.sartor.suite.python.PythonText;
import java.util.List;

/// Massive Multitask Language Understanding (Hendrycks et al. 2021), by `mmlu/default/_default_template_yaml` and the files of the 57
/// subjects, version 1.0. Its figure is that of the group `mmlu`: each subject counts by its items.
record Mmlu() implements BenchmarkTask {
    private static final List<String> LETTERS = List.of("A", "B", "C", "D");

    @Override
    public String name() {
        return "mmlu";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public String file() {
        return "mmlu/default/_default_template_yaml";
    }

    @Override
    public Dataset dataset() {
        return new Dataset(
                "cais/mmlu (all)",
                "test",
                "dev",
                List.of("question", "subject", "choices", "answer"));
    }

    @Override
    public FewShotRule fewShotRule() {
        return FewShotRule.FIRST;
    }

    @Override
    public String headline() {
        return "acc,none";
    }

    @Override
    public BenchmarkItem item(BenchmarkRow row) {
        var choices = row.texts("choices");
        if (choices.size() != LETTERS.size()) {
            throw row.refused("choices", "four texts", choices);
        }
        var text = new StringBuilder(PythonText.strip(row.text("question")));
        for (int i = 0; i < choices.size(); i++) {
            text.append('\n').append(LETTERS.get(i)).append(". ").append(choices.get(i));
        }
        var subject = row.text("subject");
        var description =
                "The following are multiple choice questions (with answers) about "
                        + subject.replace('_', ' ')
                        + ".\n\n";
        return new ChoiceItem(
                new BenchmarkItem.Source(row.origin(), row.fields()),
                new ChoiceItem.Place(subject, description),
                text.append("\nAnswer:").toString(),
                LETTERS,
                row.place("answer", LETTERS.size()),
                false);
    }
}
