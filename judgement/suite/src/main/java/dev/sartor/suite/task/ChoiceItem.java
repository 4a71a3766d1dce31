package dev.sartor.suite.task;

import dev.sartor.suite.python.PythonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A question with choices: the likeliest is the answer (`acc`), or the one that is likeliest by its length in characters
/// (`acc_norm`). Of equally likely ones it is the first.
///
/// @param answer which choice is right, from 0
/// @param isNormalised whether the benchmark has `acc_norm`, too
record ChoiceItem(
        Source source,
        Place place,
        String text,
        List<String> choices,
        int answer,
        boolean isNormalised)
        implements BenchmarkItem.Scored {
    ChoiceItem {
        choices = List.copyOf(choices);
    }

    /// @param subject empty for most, and so the description
    record Place(String subject, String description) {
        static final Place NONE = new Place("", "");
    }

    @Override
    public String subject() {
        return place.subject();
    }

    @Override
    public String description() {
        return place.description();
    }

    @Override
    public String solved() {
        return text + " " + choices.get(answer);
    }

    @Override
    public List<Continuation> continuations(String before) {
        return choices.stream()
                .map(choice -> new Continuation(before + text, " " + choice))
                .toList();
    }

    @Override
    public Map<String, Double> metrics(double[] logLikelihoods, boolean[] greedy) {
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put("acc,none", Places.largest(logLikelihoods) == answer ? 1.0 : 0.0);
        if (isNormalised) {
            var byLength = new double[logLikelihoods.length];
            for (int i = 0; i < byLength.length; i++) {
                byLength[i] = logLikelihoods[i] / PythonText.length(choices.get(i));
            }
            metrics.put("acc_norm,none", Places.largest(byLength) == answer ? 1.0 : 0.0);
        }
        return metrics;
    }
}
