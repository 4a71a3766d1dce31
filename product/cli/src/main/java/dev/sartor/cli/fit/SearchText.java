package dev.sartor.cli.fit;

import dev.sartor.cli.console.Table;
import dev.sartor.compare.TaskTuning;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.verdict.ModelTrial;
import dev.sartor.compare.verdict.SearchOutcome;
import dev.sartor.core.text.Size;
import dev.sartor.tune.trainer.SettingsSearch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What a search for settings found, as text and as JSON.
final class SearchText {
    private SearchText() {}

    /// A line for each trial.
    static String text(SearchOutcome search) {
        var headings =
                Stream.of(
                                Stream.of(">trial"),
                                search.shares().stream().map(share -> ">after " + share),
                                Stream.of(">seconds"),
                                search.keys().stream().map(key -> ">" + key),
                                Stream.of(""))
                        .flatMap(each -> each);
        var table = new Table(headings.toArray(String[]::new));
        for (var row : search.rows()) {
            var cells = new ArrayList<Object>(List.of(row.trial()));
            cells.addAll(row.scores());
            cells.add(row.seconds());
            cells.addAll(row.settings());
            cells.add(row.isBest() ? "best" : "");
            table.row(cells.toArray());
        }
        return "Validation " + search.metric() + " after shares of the steps:\n" + table;
    }

    /// What was found as it would stand in the project file, in place of the search.
    static String toPaste(TaskTuning.Outcome tuned) {
        var lines = new ArrayList<String>();
        tuned.models().stream()
                .filter(ModelTrial::isChosen)
                .forEach(trial -> lines.add("model: " + trial.model()));
        tuned.search().flatMap(SearchOutcome::yaml).ifPresent(lines::add);
        return "The best settings, to paste in place of the search:\n" + String.join("\n", lines);
    }

    /// A line for each base model.
    static String models(List<ModelTrial> trials) {
        var table =
                new Table(
                        "model", ">parameters", ">validation", ">against the best, in points", "");
        for (var trial : trials) {
            table.row(
                    trial.model(),
                    Size.millions(trial.parameters()),
                    Figures.score(trial.score().value()),
                    String.format(
                            Locale.ROOT,
                            "%s [%s, %s]",
                            Figures.points(trial.difference()),
                            Figures.points(trial.low()),
                            Figures.points(trial.high())),
                    trial.isChosen()
                            ? "the smallest that will do"
                            : trial.isGoodEnough() ? "will do" : "");
        }
        return table.toString();
    }

    static Map<String, Object> fields(ModelTrial trial) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("model", trial.model());
        fields.put("parameters", trial.parameters());
        fields.put("validation", trial.score().value());
        fields.put("difference", trial.difference());
        fields.put("low", trial.low());
        fields.put("high", trial.high());
        fields.put("good_enough", trial.isGoodEnough());
        fields.put("chosen", trial.isChosen());
        return fields;
    }

    static Map<String, Object> fields(SearchOutcome search) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("folder", search.folder().toString());
        fields.put("metric", search.metric());
        fields.put(
                "rungs",
                search.result().rungs().stream()
                        .map(rung -> Map.of("share", rung.share(), "trials", rung.trials()))
                        .toList());
        fields.put("trials", search.result().trials().stream().map(SearchText::fields).toList());
        search.result()
                .bestTrial()
                .ifPresent(best -> {
                    fields.put("best", best.trial());
                    fields.put("settings", best.settings());
                });
        return fields;
    }

    private static Map<String, Object> fields(SettingsSearch.Trial trial) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("trial", trial.trial());
        fields.put("settings", trial.settings());
        fields.put("scores", trial.scores());
        fields.put("seconds", Math.round(trial.seconds() * 10) / 10.0);
        trial.failed().ifPresent(why -> fields.put("failed", why));
        return fields;
    }
}
