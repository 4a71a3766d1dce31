package dev.sartor.suite.task;

import dev.sartor.suite.file.BenchmarkRow;

/// Choices `{"text": […], "label": ["A", …]}` with the right label in `answerKey`.
final class Lettered {
    private Lettered() {}

    /// Which choice is right, from 0.
    static int answer(BenchmarkRow row, String key) {
        var labels = row.texts("choices.label");
        int count = row.texts("choices.text").size();
        if (labels.size() != count) {
            throw row.refused(
                    "choices.label", count + " labels, as many as choices.text has", labels);
        }
        int answer = labels.indexOf(key);
        if (answer < 0) {
            throw row.refused(
                    "answerKey", "one of choices.label, " + String.join(", ", labels), key);
        }
        return answer;
    }
}
