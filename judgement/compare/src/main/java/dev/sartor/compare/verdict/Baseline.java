package dev.sartor.compare.verdict;

import dev.sartor.compare.run.Judged;
import dev.sartor.core.Example;
import dev.sartor.core.Score;
import dev.sartor.core.Task;
import dev.sartor.evaluate.Prediction;
import dev.sartor.evaluate.Scores;
import dev.sartor.project.setting.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What costs nothing and knows nothing: a candidate that is not shown to beat it is of no use. It is measured and never shipped.
///
/// @param means what it answers with, as a phrase
/// @param predictions of the test examples, in their order
/// @param judged what a judge says of them; empty where a formula measures
public record Baseline(
        String name,
        String means,
        List<Prediction> predictions,
        Score score,
        Optional<Judged> judged) {
    public Baseline {
        predictions = List.copyOf(predictions);
    }

    /// One answer for each test example.
    public static Baseline of(
            String name, String means, Task task, List<Example> test, List<String> answers) {
        var predictions = new ArrayList<Prediction>();
        for (int i = 0; i < test.size(); i++) {
            predictions.add(Prediction.of(test.get(i), answers.get(i)));
        }
        return new Baseline(
                name,
                means,
                predictions,
                Scores.score(Metrics.of(task), predictions),
                Optional.empty());
    }

    /// As a judge measures it.
    public Baseline with(Judged said) {
        return new Baseline(
                name,
                means,
                predictions,
                said.by().isRefused()
                        ? score
                        : said.by().scores().winRate(Metrics.JUDGE, said.scores()),
                Optional.of(said));
    }

    /// The commonest answer of the training examples, the first of several; empty without any.
    public static Optional<Baseline> majority(Task task, List<Example> train, List<Example> test) {
        var counts = new LinkedHashMap<String, Integer>();
        train.forEach(each -> counts.merge(each.reference(), 1, Integer::sum));
        return counts.entrySet().stream()
                .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
                .map(Map.Entry::getKey)
                .map(answer ->
                        of(
                                "majority",
                                "always '"
                                        + answer
                                        + "', the commonest answer of the training examples",
                                task,
                                test,
                                test.stream().map(_ -> answer).toList()));
    }
}
