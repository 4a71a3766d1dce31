package dev.sartor.cli.data;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.Origin;
import dev.sartor.core.SartorException;
import dev.sartor.curate.FilledTables;
import dev.sartor.evaluate.statistics.CohenKappa;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.KrippendorffAlpha;
import dev.sartor.evaluate.statistics.Resampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "agreement",
        description = {
            "Measure how far annotators agree on labels, and show where they do not.",
            "",
            "Of two tables Cohen's kappa over the rows that both label; of more, or besides, Krippendorff's alpha (nominal), which takes"
                    + " gaps. 95 %% intervals by bootstrap over rows."
        },
        footer = {"", "Example: sartor data agreement next-ann.csv next-bob.csv"})
final class DataAgreementCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 20;

    private final Composition composition;

    @Parameters(
            paramLabel = "CSV",
            arity = "2..*",
            description = "Tables of the same rows, each filled in by one annotator.")
    List<Path> tables = List.of();

    @Option(names = "--json", description = "Print the figures and every difference as JSON.")
    boolean json;

    DataAgreementCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var annotators = tables.stream().map(FilledTables::labels).toList();
        var rows = new LinkedHashSet<Origin>();
        annotators.forEach(each -> rows.addAll(each.keySet()));
        var names = List.copyOf(names(annotators));
        if (names.size() < 2) {
            throw SartorException.user(
                    "agreement needs at least two different labels, got "
                            + names
                            + ": fill in more rows.");
        }
        var all = new ArrayList<int[]>();
        for (var row : rows) {
            all.add(
                    annotators.stream()
                            .mapToInt(each ->
                                    each.containsKey(row)
                                            ? names.indexOf(each.get(row))
                                            : KrippendorffAlpha.MISSING)
                            .toArray());
        }
        var fields = new LinkedHashMap<String, Object>();
        fields.put("annotators", tables.size());
        fields.put("rows", rows.size());
        if (tables.size() == 2) {
            var both = all.stream().filter(each -> each[0] >= 0 && each[1] >= 0).toList();
            if (both.isEmpty()) {
                throw SartorException.user("the two tables have no labelled row in common.");
            }
            var kappa =
                    new CohenKappa(
                            both.stream().mapToInt(each -> each[0]).toArray(),
                            both.stream().mapToInt(each -> each[1]).toArray(),
                            names.size());
            fields.put("in_both", both.size());
            fields.put("cohen_kappa", figure(kappa.value(), kappa.interval(Resampling.seeded())));
        }
        var alpha = new KrippendorffAlpha(all.toArray(int[][]::new), names.size());
        fields.put(
                "krippendorff_alpha", figure(alpha.value(), alpha.interval(Resampling.seeded())));
        var differences = differences(annotators, rows);
        composition.console().print(json ? json(fields, differences) : text(fields, differences));
        return 0;
    }

    private static Set<String> names(List<Map<Origin, String>> annotators) {
        var names = new TreeSet<String>();
        annotators.forEach(each -> names.addAll(each.values()));
        return names;
    }

    /// @param low of the 95 % interval
    private record Figure(double value, double low, double high) {}

    private static Figure figure(double value, Interval interval) {
        return new Figure(rounded(value), rounded(interval.low()), rounded(interval.high()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    /// Rows on which two annotators differ, with each one's label, blank where there is none.
    private static Map<Origin, List<String>> differences(
            List<Map<Origin, String>> annotators, Set<Origin> rows) {
        var differences = new LinkedHashMap<Origin, List<String>>();
        for (var row : rows) {
            var labels = annotators.stream().map(each -> each.getOrDefault(row, "")).toList();
            if (labels.stream().filter(each -> !each.isEmpty()).distinct().count() > 1) {
                differences.put(row, labels);
            }
        }
        return differences;
    }

    private static String json(Map<String, Object> fields, Map<Origin, List<String>> differences) {
        var all = new LinkedHashMap<>(fields);
        all.put(
                "differences",
                differences.entrySet().stream()
                        .map(each ->
                                Map.of(
                                        "file", each.getKey().file(),
                                        "line", each.getKey().line(),
                                        "labels", each.getValue()))
                        .toList());
        return Json.pretty(all);
    }

    private static String text(Map<String, Object> fields, Map<Origin, List<String>> differences) {
        var text = new StringBuilder();
        for (var name : List.of("cohen_kappa", "krippendorff_alpha")) {
            if (fields.get(name) instanceof Figure figure) {
                text.append(
                        String.format(
                                Locale.ROOT,
                                "%s %.3f (95 %%: %.3f to %.3f)%n",
                                name.equals("cohen_kappa")
                                        ? "Cohen's kappa"
                                        : "Krippendorff's alpha",
                                figure.value(),
                                figure.low(),
                                figure.high()));
            }
        }
        text.append(
                String.format(
                        Locale.ROOT,
                        "%s annotators, %s labelled rows, %,d on which they differ.%n",
                        fields.get("annotators"),
                        fields.get("rows"),
                        differences.size()));
        if (differences.isEmpty()) {
            return text.toString().stripTrailing();
        }
        var table = new Table("ROW", "LABELS");
        differences.entrySet().stream()
                .limit(MOST_SHOWN)
                .forEach(each ->
                        table.row(
                                each.getKey(),
                                String.join(
                                        " | ",
                                        each.getValue().stream()
                                                .map(label -> label.isEmpty() ? "-" : label)
                                                .toList())));
        text.append('\n').append(table);
        if (differences.size() > MOST_SHOWN) {
            text.append("\nand ")
                    .append(differences.size() - MOST_SHOWN)
                    .append(" more; --json lists all");
        }
        return text.toString();
    }
}
