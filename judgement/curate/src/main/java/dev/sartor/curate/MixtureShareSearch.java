package dev.sartor.curate;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.curate.curve.LinearScore;
import dev.sartor.curate.label.LabelledVectors;
import dev.sartor.curate.label.Strength;
import dev.sartor.curate.mix.MixtureSearch;
import dev.sartor.curate.row.Embedding;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.StoreWriter;
import dev.sartor.project.curation.MixtureSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Looks for the shares of several labelled sets that suit a task, and measures them beside the sets as large as they are.
public final class MixtureShareSearch {
    private static final int MOST_ROWS = 2000;
    private static final int DRAWS = 5;
    private static final int FOLDS = 5;

    private final RowSource source;
    private final MixtureSettings settings;
    private final Supplier<Embedder> embedder;

    /// @param embedder opened once; the caller closes it
    public MixtureShareSearch(
            RowSource source, MixtureSettings settings, Supplier<Embedder> embedder) {
        this.source = source;
        this.settings = settings;
        this.embedder = embedder;
    }

    /// What was found.
    ///
    /// @param shares by the sets' names; together 1
    /// @param weights to write into the mixture's file, with `temperature: 1` and no `cap`, so that it has these shares
    /// @param trainings how many small ones there were, each of {@link #rows}
    /// @param rankCorrelation of foretold and measured losses, −1 to 1
    /// @param tests how many rows both were scored on, which the search did not see
    /// @param accuracy with the shares found
    /// @param bySize with the sets as large as they are
    /// @param low of the 95 % interval of the difference
    public record Report(
            Map<String, Double> shares,
            Map<String, Double> weights,
            int trainings,
            int rows,
            double rankCorrelation,
            int tests,
            double accuracy,
            double bySize,
            double difference,
            double low,
            double high) {}

    private record Labelled(List<String> texts, List<String> labels) {}

    /// @param validation the task's rows, of which one half is searched by and the other measures
    public Report search(List<Path> validation) {
        var read = new ArrayList<Labelled>();
        for (int i = 0; i < settings.sets().size(); i++) {
            read.add(read(settings.sets().get(i).name(), settings.sets().get(i).files()));
        }
        if (read.size() < 2) {
            throw SartorException.user(
                    "sets must be at least two, got one: there is no share to look for.");
        }
        var task = read("--search", validation);
        var names = new TreeSet<>(task.labels());
        read.forEach(each -> names.addAll(each.labels()));
        var all = List.copyOf(names);
        var sets = read.stream().map(each -> vectors(each, all)).toList();
        var halves = halves(vectors(task, all));
        int available = sets.stream().mapToInt(LabelledVectors::count).sum();
        int rows = Math.min(MOST_ROWS, available);
        double strength = Strength.chosen(joined(sets), FOLDS, settings.seed());
        var search = new MixtureSearch(sets, halves.getFirst(), rows, strength, settings.seed());
        var found = search.search(source.progress());
        var paired = measured(search, found.shares(), sets, halves.getLast(), strength);
        return report(found, rows, sets, halves.getLast().count(), paired);
    }

    private Labelled read(String name, List<Path> files) {
        var writer =
                new StoreWriter(
                        source.work().resolve("search-" + name.replaceAll("\\W", "")),
                        source.progress(),
                        source.cancellation());
        try (var store = writer.store(RowInputs.of(files), source.columns())) {
            var texts = new ArrayList<String>();
            var labels = new ArrayList<String>();
            for (int row = 0; row < store.size(); row++) {
                var label = store.label(row);
                if (label.isPresent()) {
                    texts.add(store.text(row));
                    labels.add(label.get());
                }
            }
            if (texts.size() < 2) {
                throw SartorException.user(
                        "shares are looked for by labels, and "
                                + name
                                + " has "
                                + texts.size()
                                + " rows with one: name its field with --label-column.");
            }
            return new Labelled(texts, labels);
        }
    }

    private LabelledVectors vectors(Labelled rows, List<String> names) {
        return new LabelledVectors(
                Embedding.of(
                        rows.texts().size(),
                        rows.texts()::get,
                        embedder.get(),
                        source.progress(),
                        source.cancellation()),
                rows.labels().stream().mapToInt(names::indexOf).toArray(),
                names.size());
    }

    private List<LabelledVectors> halves(LabelledVectors task) {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < task.count(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(settings.seed()));
        int half = task.count() / 2;
        return List.of(
                task.only(order.subList(0, half).stream().mapToInt(Integer::intValue).toArray()),
                task.only(
                        order.subList(half, order.size()).stream()
                                .mapToInt(Integer::intValue)
                                .toArray()));
    }

    private static LabelledVectors joined(List<LabelledVectors> sets) {
        var vectors = new ArrayList<float[]>();
        var labels = new ArrayList<Integer>();
        for (var set : sets) {
            vectors.addAll(set.vectors());
            for (int label : set.labels()) {
                labels.add(label);
            }
        }
        return new LabelledVectors(
                vectors,
                labels.stream().mapToInt(Integer::intValue).toArray(),
                sets.getFirst().classes());
    }

    private PairedDraws measured(
            MixtureSearch search,
            double[] shares,
            List<LabelledVectors> sets,
            LabelledVectors tests,
            double strength) {
        var random = new Random(settings.seed());
        var bySize = bySize(sets);
        var first = new boolean[DRAWS][];
        var other = new boolean[DRAWS][];
        for (int draw = 0; draw < DRAWS; draw++) {
            first[draw] = LinearScore.right(search.mixed(shares, random), tests, strength);
            other[draw] = LinearScore.right(search.mixed(bySize, random), tests, strength);
        }
        return PairedDraws.of(first, other);
    }

    private static double[] bySize(List<LabelledVectors> sets) {
        double all = sets.stream().mapToInt(LabelledVectors::count).sum();
        return sets.stream().mapToDouble(each -> each.count() / all).toArray();
    }

    private Report report(
            MixtureSearch.Found found,
            int rows,
            List<LabelledVectors> sets,
            int tests,
            PairedDraws paired) {
        var shares = new LinkedHashMap<String, Double>();
        var weights = new LinkedHashMap<String, Double>();
        double largest = 0;
        for (int i = 0; i < sets.size(); i++) {
            largest = Math.max(largest, found.shares()[i] / sets.get(i).count());
        }
        for (int i = 0; i < sets.size(); i++) {
            var name = settings.sets().get(i).name();
            shares.put(name, rounded(found.shares()[i]));
            weights.put(
                    name,
                    Math.max(1e-4, rounded(found.shares()[i] / sets.get(i).count() / largest)));
        }
        return new Report(
                shares,
                weights,
                found.trainings(),
                rows,
                rounded(found.rankCorrelation()),
                tests,
                rounded(paired.first()),
                rounded(paired.other()),
                rounded(paired.difference()),
                rounded(paired.low()),
                rounded(paired.high()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
