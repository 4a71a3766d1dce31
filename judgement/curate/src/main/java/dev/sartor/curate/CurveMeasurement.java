package dev.sartor.curate;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.curate.curve.CurveSettings;
import dev.sartor.curate.curve.Forecast;
import dev.sartor.curate.curve.LearningCurve;
import dev.sartor.curate.curve.LinearScore;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.row.StoreWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// How much more rows would bring: accuracies of a logistic regression on the embedder's vectors, learned from draws of several sizes, and
/// a power law through them.
public final class CurveMeasurement {
    private static final int SHARE_OF_TEST = 4;

    private final RowSource source;
    private final Supplier<Embedder> embedder;
    private final CurveSettings settings;

    /// @param sizes how many sizes, 3 to 8
    /// @param draws of each size, 2 to 100
    /// @param embedder opened once; the caller closes it
    public CurveMeasurement(
            RowSource source, int sizes, int draws, long seed, Supplier<Embedder> embedder) {
        this.source = source;
        this.embedder = embedder;
        this.settings = new CurveSettings(sizes, draws, seed);
    }

    /// What was measured.
    ///
    /// @param train how many rows were learned from at most
    /// @param test how many rows were scored on
    /// @param ceiling what no number of rows exceeds, by the law
    /// @param forecasts at more rows
    public record Found(
            int train,
            int test,
            List<Size> sizes,
            double ceiling,
            List<Expected> forecasts,
            List<String> notes) {
        public Found {
            sizes = List.copyOf(sizes);
            forecasts = List.copyOf(forecasts);
            notes = List.copyOf(notes);
        }
    }

    /// @param accuracy the mean over the draws
    public record Size(int rows, int draws, double accuracy) {}

    /// @param low of the 95 % interval of what will be measured there
    public record Expected(int rows, double accuracy, double low, double high) {
        private static Expected of(Forecast forecast) {
            return new Expected(
                    forecast.rows(),
                    rounded(forecast.score()),
                    rounded(forecast.low()),
                    rounded(forecast.high()));
        }
    }

    /// @param tests rows to score on; none for a quarter of the others, drawn by chance
    /// @param more at how many rows a score is forecast; none for twice and four times as many as there are
    public Found measure(List<Path> files, List<Path> tests, List<Integer> more) {
        var inputs = RowInputs.of(files);
        var testInputs = tests.isEmpty() ? RowInputs.none() : RowInputs.of(tests);
        var writer = new StoreWriter(source.work(), source.progress(), source.cancellation());
        try (var store = writer.store(testInputs, inputs, source.columns())) {
            var rows = LabelledRows.of(store, embedder.get(), source);
            if (rows.names().size() < 2) {
                throw SartorException.user(
                        "a learning curve needs rows with at least two labels, got "
                                + rows.names().size()
                                + ": name the label's field with --label-column.");
            }
            var notes = new ArrayList<String>();
            notes.addAll(inputs.notes());
            notes.addAll(writer.notes());
            return measure(rows, split(rows, store, notes), more, notes);
        }
    }

    /// @param train numbers of rows
    private record Parts(int[] train, int[] test) {}

    private Parts split(LabelledRows rows, RowStore store, List<String> notes) {
        var labelled = rows.pool().labelled();
        if (labelled.length < store.size()) {
            notes.add(store.size() - labelled.length + " rows have no label, and are left out.");
        }
        int references = store.references();
        if (references > 0) {
            return new Parts(
                    Arrays.stream(labelled).filter(row -> row >= references).toArray(),
                    Arrays.stream(labelled).filter(row -> row < references).toArray());
        }
        var order = new ArrayList<>(Arrays.stream(labelled).boxed().toList());
        java.util.Collections.shuffle(order, new Random(settings.seed()));
        int held = order.size() / SHARE_OF_TEST;
        notes.add(
                held + " rows, drawn by chance, were scored on: without --test a quarter of them.");
        return new Parts(
                order.stream().skip(held).mapToInt(Integer::intValue).sorted().toArray(),
                order.stream().limit(held).mapToInt(Integer::intValue).sorted().toArray());
    }

    private Found measure(LabelledRows rows, Parts parts, List<Integer> more, List<String> notes) {
        if (parts.test().length == 0 || parts.train().length == 0) {
            throw SartorException.user(
                    "a learning curve needs labelled rows to learn from and to score on, got "
                            + parts.train().length
                            + " and "
                            + parts.test().length
                            + ".");
        }
        var score =
                LinearScore.of(rows.only(parts.train()), rows.only(parts.test()), settings.seed());
        var curve =
                LearningCurve.measure(
                        parts.train().length,
                        rows.names().size(),
                        score,
                        settings,
                        source.progress());
        int all = parts.train().length;
        var asked = more.isEmpty() ? List.of(2 * all, 4 * all) : more;
        return new Found(
                all,
                parts.test().length,
                curve.points().stream()
                        .map(each ->
                                new Size(each.rows(), each.scores().size(), rounded(each.mean())))
                        .toList(),
                rounded(curve.law().ceiling()),
                IntStream.concat(IntStream.of(all), asked.stream().mapToInt(Integer::intValue))
                        .distinct()
                        .mapToObj(at -> Expected.of(curve.forecast(at, settings.seed())))
                        .toList(),
                notes);
    }

    private static double rounded(double score) {
        return Math.round(score * 1e4) / 1e4;
    }
}
