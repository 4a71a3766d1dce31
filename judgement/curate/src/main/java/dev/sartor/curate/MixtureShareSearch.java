package dev.sartor.curate;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.curate.label.LabelledVectors;
import dev.sartor.curate.label.Strength;
import dev.sartor.curate.mix.LabelTrial;
import dev.sartor.curate.mix.MixtureSearch;
import dev.sartor.curate.mix.MixtureTrial;
import dev.sartor.curate.mix.TextTrial;
import dev.sartor.curate.row.Embedding;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.StoreWriter;
import dev.sartor.project.curation.MixtureSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Looks for the shares of several sets that suit a task, and measures them beside the sets as large as they are: by the labels of
/// the rows, or, where no row has one, by their texts.
public final class MixtureShareSearch {
    private static final int MOST_ROWS = 2000;
    private static final int DRAWS = 5;
    private static final int FOLDS = 5;

    private final RowSource source;
    private final MixtureSettings settings;
    private final Supplier<Embedder> embedder;

    /// @param embedder opened once, where rows have labels; the caller closes it
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
    /// @param learner what the small trainings trained
    /// @param trainings how many there were, each of {@link #rows}
    /// @param rankCorrelation of foretold and measured losses, −1 to 1
    /// @param metric `accuracy`, or `log_probability`, of a word, in nats: higher is better
    /// @param tests how many rows both were scored on, which the search did not see
    /// @param found the score with the shares found
    /// @param bySize with the sets as large as they are
    /// @param low of the 95 % interval of the difference
    public record Report(
            Map<String, Double> shares,
            Map<String, Double> weights,
            String learner,
            int trainings,
            int rows,
            double rankCorrelation,
            String metric,
            int tests,
            double found,
            double bySize,
            double difference,
            double low,
            double high) {}

    /// The rows of one set.
    ///
    /// @param labels of the labelled ones
    private record Read(
            String name, List<String> texts, List<String> labelled, List<String> labels) {}

    /// @param validation the task's rows, of which one half is searched by and the other measures
    public Report search(List<Path> validation) {
        var read = new ArrayList<Read>();
        for (int i = 0; i < settings.sets().size(); i++) {
            read.add(read(settings.sets().get(i).name(), settings.sets().get(i).files()));
        }
        if (read.size() < 2) {
            throw SartorException.user(
                    "sets must be at least two, got one: there is no share to look for.");
        }
        var task = read("--search", validation);
        boolean hasLabels =
                Stream.concat(read.stream(), Stream.of(task))
                        .anyMatch(each -> !each.labels().isEmpty());
        return hasLabels ? byLabels(read, task) : byTexts(read, task);
    }

    private Report byLabels(List<Read> read, Read task) {
        Stream.concat(read.stream(), Stream.of(task))
                .filter(each -> each.labels().size() < 2)
                .findFirst()
                .ifPresent(each -> {
                    throw SartorException.user(
                            "shares are looked for by labels where some rows have one, and "
                                    + each.name()
                                    + " has "
                                    + each.labels().size()
                                    + " such rows: name its field with --label-column.");
                });
        var names = new TreeSet<>(task.labels());
        read.forEach(each -> names.addAll(each.labels()));
        var all = List.copyOf(names);
        var sets = read.stream().map(each -> vectors(each, all)).toList();
        var rows = vectors(task, all);
        var halves = halves(rows.count());
        var sizes = sets.stream().mapToInt(LabelledVectors::count).toArray();
        double strength = Strength.chosen(joined(sets), FOLDS, settings.seed());
        var trial =
                new LabelTrial(
                        sets,
                        rows.only(halves.getFirst()),
                        rows.only(halves.getLast()),
                        rows(sizes),
                        strength);
        return report(trial, sizes, "logistic regression on vectors", "accuracy");
    }

    private Report byTexts(List<Read> read, Read task) {
        var halves = halves(task.texts().size());
        var sizes = read.stream().mapToInt(each -> each.texts().size()).toArray();
        var trial =
                new TextTrial(
                        read.stream().map(Read::texts).toList(),
                        Arrays.stream(halves.getFirst()).mapToObj(task.texts()::get).toList(),
                        Arrays.stream(halves.getLast()).mapToObj(task.texts()::get).toList(),
                        rows(sizes));
        return report(trial, sizes, "language model of word pairs", "log_probability");
    }

    private static int rows(int[] sizes) {
        return Math.min(MOST_ROWS, IntStream.of(sizes).sum());
    }

    private Read read(String name, List<Path> files) {
        var writer =
                new StoreWriter(
                        source.work().resolve("search-" + name.replaceAll("\\W", "")),
                        source.progress(),
                        source.cancellation());
        try (var store = writer.store(RowInputs.of(files), source.columns())) {
            var texts = new ArrayList<String>();
            var labelled = new ArrayList<String>();
            var labels = new ArrayList<String>();
            for (int row = 0; row < store.size(); row++) {
                var text = store.text(row);
                texts.add(text);
                store.label(row)
                        .ifPresent(label -> {
                            labelled.add(text);
                            labels.add(label);
                        });
            }
            if (texts.size() < 2) {
                throw SartorException.user(
                        name + " must have two rows or more, got " + texts.size() + ".");
            }
            return new Read(name, texts, labelled, labels);
        }
    }

    private LabelledVectors vectors(Read rows, List<String> names) {
        return new LabelledVectors(
                Embedding.of(
                        rows.labelled().size(),
                        rows.labelled()::get,
                        embedder.get(),
                        source.progress(),
                        source.cancellation()),
                rows.labels().stream().mapToInt(names::indexOf).toArray(),
                names.size());
    }

    private List<int[]> halves(int rows) {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < rows; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(settings.seed()));
        return List.of(
                order.subList(0, rows / 2).stream().mapToInt(Integer::intValue).toArray(),
                order.subList(rows / 2, rows).stream().mapToInt(Integer::intValue).toArray());
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

    private PairedDraws measured(MixtureTrial trial, double[] shares, int[] sizes) {
        var random = new Random(settings.seed());
        double all = IntStream.of(sizes).sum();
        var bySize = IntStream.of(sizes).mapToDouble(each -> each / all).toArray();
        var first = new double[DRAWS][];
        var other = new double[DRAWS][];
        for (int draw = 0; draw < DRAWS; draw++) {
            first[draw] = trial.scores(shares, random);
            other[draw] = trial.scores(bySize, random);
        }
        return PairedDraws.of(first, other);
    }

    private Report report(MixtureTrial trial, int[] sizes, String learner, String metric) {
        var found = new MixtureSearch(trial, settings.seed()).search(source.progress());
        var paired = measured(trial, found.shares(), sizes);
        var shares = new LinkedHashMap<String, Double>();
        var weights = new LinkedHashMap<String, Double>();
        double largest = 0;
        for (int i = 0; i < sizes.length; i++) {
            largest = Math.max(largest, found.shares()[i] / sizes[i]);
        }
        for (int i = 0; i < sizes.length; i++) {
            var name = settings.sets().get(i).name();
            shares.put(name, rounded(found.shares()[i]));
            weights.put(name, Math.max(1e-4, rounded(found.shares()[i] / sizes[i] / largest)));
        }
        return new Report(
                shares,
                weights,
                learner,
                found.trainings(),
                rows(sizes),
                rounded(found.rankCorrelation()),
                metric,
                paired.tests(),
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
