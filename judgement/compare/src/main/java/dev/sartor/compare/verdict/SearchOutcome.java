package dev.sartor.compare.verdict;

import dev.sartor.compare.run.Figures;
import dev.sartor.tune.trainer.Dimension;
import dev.sartor.tune.trainer.SettingsSearch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a search for a training's settings found, or has found so far.
///
/// @param metric of the task, by which trials are judged on validation
/// @param folder where the search lies: search.json, search.html
/// @param method how points are proposed
/// @param space what it varies
public record SearchOutcome(
        String task,
        String metric,
        Path folder,
        String method,
        List<Dimension> space,
        SettingsSearch.Result result) {
    public SearchOutcome {
        space = List.copyOf(space);
    }

    /// A trial in words.
    ///
    /// @param scores one for each rung; empty where it did not come so far, why where it failed there
    /// @param settings in the order of the space
    public record Row(
            int trial, List<String> scores, String seconds, List<String> settings, boolean isBest) {
        public Row {
            scores = List.copyOf(scores);
            settings = List.copyOf(settings);
        }
    }

    /// In the order in which the trials were proposed.
    public List<Row> rows() {
        return result.trials().stream().map(this::row).toList();
    }

    private Row row(SettingsSearch.Trial trial) {
        var scores = new ArrayList<>(trial.scores().stream().map(Figures::score).toList());
        trial.failed().ifPresent(scores::add);
        while (scores.size() < result.rungs().size()) {
            scores.add("");
        }
        return new Row(
                trial.trial(),
                scores,
                String.format(Locale.ROOT, "%.0f", trial.seconds()),
                keys().stream().map(key -> value(trial, key)).toList(),
                trial.trial() == result.best());
    }

    private static String value(SettingsSearch.Trial trial, String key) {
        return Optional.ofNullable(trial.settings().get(key)).orElse("");
    }

    /// The keys of the settings that are varied.
    public List<String> keys() {
        return space.stream().map(Dimension::name).toList();
    }

    /// The rungs by the share of the steps, such as `27 %`.
    public List<String> shares() {
        return result.rungs().stream()
                .map(rung -> String.format(Locale.ROOT, "%.0f %%", 100 * rung.share()))
                .toList();
    }

    /// The best settings as they would stand in the project file; empty while they are searched for.
    public Optional<String> yaml() {
        return result.bestTrial()
                .map(best -> {
                    var lines = new ArrayList<>(List.of("tune:"));
                    keys().forEach(key -> lines.add("  " + key + ": " + value(best, key)));
                    return String.join("\n", lines);
                });
    }

    /// How many trainings there are in all, where none fails.
    public int trainings() {
        return result.rungs().stream().mapToInt(rung -> rung.trials()).sum();
    }
}
