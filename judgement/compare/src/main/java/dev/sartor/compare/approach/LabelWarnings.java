package dev.sartor.compare.approach;

import dev.sartor.core.Example;
import dev.sartor.evaluate.Metric;
import dev.sartor.project.setting.TaskSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a comparison of a task could not tell, by the labels that stand in its rows. Nothing is refused for it.
record LabelWarnings(TaskSettings settings, TaskExamples data) {
    private static final int MOST_SHOWN = 12;

    /// A classification has a few short answers, each of them many times.
    private static final int MOST_LABELS = 20;

    private static final int ROWS_OF_EACH = 10;
    private static final int LONGEST_LABEL = 40;

    /// @param named whether the rows call their answers labels
    List<String> all(boolean named) {
        if (!data.task().isClassification()) {
            var unnamed = unnamed(named);
            return unnamed.isEmpty() ? proposed() : unnamed;
        }
        var said = new ArrayList<String>();
        var train = labels(data.train());
        var test = labels(data.test());
        var untested = without(test, data.task().labels());
        if (!data.test().isEmpty() && !untested.isEmpty()) {
            said.add(
                    String.format(
                            Locale.ROOT,
                            "%s: no test example is answered with %s, so that nothing will be known of how well a candidate tells %s. Add test examples of %s.",
                            settings.name(),
                            shown(untested),
                            untested.size() == 1 ? "it" : "them",
                            untested.size() == 1 ? "it" : "them"));
        }
        var unlearned = without(train, test);
        settings.outOfScope().ifPresent(unlearned::remove);
        if (!train.isEmpty() && !unlearned.isEmpty()) {
            said.add(
                    String.format(
                            Locale.ROOT,
                            "%s: test examples are answered with %s, which no training example is: what learns from these, few-shot too, can hardly answer so. Add training examples of %s.",
                            settings.name(),
                            shown(unlearned),
                            unlearned.size() == 1 ? "it" : "them"));
        }
        return said;
    }

    /// Another metric than the usual one of free text, where nobody has chosen one and most references are short and state a value.
    private List<String> proposed() {
        var test = data.test();
        long stating =
                test.stream()
                        .filter(each ->
                                each.references().stream()
                                        .allMatch(reference ->
                                                reference.length() <= LONGEST_LABEL
                                                        && Metric.statesAValue(reference)))
                        .count();
        if (settings.metric().isPresent() || stating == 0 || 2 * stating < test.size()) {
            return List.of();
        }
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s: 'metric' is not set, so that answers are judged by %s; %d of %d references are a number, an amount, a day or a time, where a wrong one shares most words with a right one. 'metric: contains' asks whether the answer states it.",
                        settings.name(),
                        data.task().metric(),
                        stating,
                        test.size()));
    }

    private List<String> unnamed(boolean named) {
        var rows = new ArrayList<>(data.train());
        rows.addAll(data.test());
        var found = labels(rows);
        boolean isLikely =
                found.size() >= 2
                        && found.size() <= MOST_LABELS
                        && rows.size() >= ROWS_OF_EACH * found.size()
                        && found.stream().allMatch(each -> each.length() <= LONGEST_LABEL);
        if (rows.isEmpty() || !(named || isLikely)) {
            return List.of();
        }
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s: 'labels' is not set, so that answers are taken for free text and judged by %s, and its %d rows hold %d different answers. For a classification add 'labels: [%s]'.",
                        settings.name(),
                        data.task().metric(),
                        rows.size(),
                        found.size(),
                        first(found)));
    }

    private static Set<String> labels(List<Example> examples) {
        return examples.stream()
                .flatMap(each -> each.references().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> known, Collection<String> labels) {
        var rest = new LinkedHashSet<>(labels);
        rest.removeAll(known);
        return rest;
    }

    private static String shown(Set<String> labels) {
        var first =
                labels.stream()
                        .limit(MOST_SHOWN)
                        .map(each -> "'" + each + "'")
                        .collect(Collectors.joining(", "));
        int more = labels.size() - MOST_SHOWN;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    private static String first(Set<String> labels) {
        var first = labels.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
        return labels.size() > MOST_SHOWN ? first + ", …" : first;
    }
}
