package dev.sartor.suite;

import dev.sartor.suite.score.ItemAnswer;
import dev.sartor.suite.task.BenchmarkTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What came of a task.
///
/// @param fewShot examples before each item
/// @param answers of the items in their order
/// @param seconds wall-clock time
public record TaskResult(
        BenchmarkTask task, int fewShot, List<ItemAnswer> answers, double seconds) {
    public TaskResult {
        answers = List.copyOf(answers);
    }

    public List<Figure> figures() {
        return Figures.of(answers);
    }

    /// By subject; empty where the task has none.
    public Map<String, List<Figure>> subjects() {
        var bySubject =
                answers.stream()
                        .collect(
                                Collectors.groupingBy(
                                        each -> each.item().subject(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        var figures = new LinkedHashMap<String, List<Figure>>();
        bySubject.forEach((subject, ofIt) -> {
            if (!subject.isEmpty()) {
                figures.put(subject, Figures.of(ofIt));
            }
        });
        return figures;
    }

    /// Each item's value of the task's one metric, 0 to 1.
    public double[] scores() {
        return of(answer -> answer.metrics().getOrDefault(task.headline(), Double.NaN));
    }

    private double[] of(Function<ItemAnswer, Double> value) {
        return answers.stream().map(value).mapToDouble(Double::doubleValue).toArray();
    }

    /// Tokens that had to be read and written.
    public long tokens() {
        return answers.stream().mapToLong(ItemAnswer::tokens).sum();
    }
}
