package dev.sartor.curate;

import dev.sartor.core.Embedder;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.text.Nearest;
import dev.sartor.curate.curve.CurveSettings;
import dev.sartor.curate.curve.LearningCurve;
import dev.sartor.curate.curve.LinearScore;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.row.StoreWriter;
import dev.sartor.curate.select.NextRows;
import dev.sartor.curate.select.Strategy;
import dev.sartor.curate.select.StrategyTrial;
import dev.sartor.data.CsvText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Chooses which rows to label next, and writes them as a table to fill in.
public final class Labelling {
    private static final int REPETITIONS = 3;

    /// So many labelled rows give three sizes of a learning curve, and a quarter of them to score on.
    private static final int FEWEST_FOR_A_CURVE = 160;

    private static final int SHARE_OF_TEST = 4;
    private static final int HUNDREDS = 3;
    private static final List<Strategy> TRIED =
            List.of(
                    Strategy.RANDOM,
                    Strategy.MARGIN,
                    Strategy.LEAST_CONFIDENCE,
                    Strategy.BADGE,
                    Strategy.TYPICAL);

    private final RowSource source;
    private final Supplier<Embedder> embedder;
    private final long seed;

    /// @param embedder opened once; the caller closes it
    public Labelling(RowSource source, long seed, Supplier<Embedder> embedder) {
        this.source = source;
        this.embedder = embedder;
        this.seed = seed;
    }

    /// What was chosen.
    ///
    /// @param tried what each strategy reached on the labelled rows, the best first; none where one was named or rows are too few
    /// @param gains what each of the next hundreds of labels is expected to bring to the accuracy of a logistic regression, were the rows
    ///     drawn by chance; none where fewer than 160 rows have a label
    /// @param rows the most wanted first
    public record Chosen(
            int labelled,
            int unlabelled,
            String strategy,
            List<Tried> tried,
            List<Double> gains,
            List<Row> rows,
            List<String> notes) {
        public Chosen {
            tried = List.copyOf(tried);
            gains = List.copyOf(gains);
            rows = List.copyOf(rows);
            notes = List.copyOf(notes);
        }
    }

    /// @param accuracy on held-out rows, the mean over what it chose
    public record Tried(String strategy, double accuracy) {}

    /// A row to label.
    public record Row(String file, int line, String text) {}

    /// @param files rows, of which some have a label
    /// @param strategy by its name; empty for the one that does best on the labelled rows
    public Chosen choose(List<Path> files, int count, Optional<String> strategy) {
        Problems.refuseUnless(count >= 1, "--count", "at least 1", count, "100 is usual");
        var inputs = RowInputs.of(files);
        var writer = new StoreWriter(source.work(), source.progress(), source.cancellation());
        try (var store = writer.store(inputs, source.columns())) {
            var rows = LabelledRows.of(store, embedder.get(), source);
            var pool = rows.pool();
            if (pool.unlabelled().length == 0) {
                throw SartorException.user(
                        "every row has a label: rows without one, or with a blank one, are those to choose from.");
            }
            var notes = new ArrayList<String>();
            notes.addAll(inputs.notes());
            notes.addAll(writer.notes());
            return choose(store, rows, count, strategy.map(Labelling::named), notes);
        }
    }

    private static Strategy named(String name) {
        var keys = Arrays.stream(Strategy.values()).map(Strategy::key).toList();
        return Stream.of(Strategy.values())
                .filter(each -> each.key().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        SartorException.user(
                                "--strategy must be one of "
                                        + String.join(", ", keys)
                                        + ", got "
                                        + name
                                        + "."
                                        + Nearest.hint(name, keys)));
    }

    private Chosen choose(
            RowStore store,
            LabelledRows all,
            int count,
            Optional<Strategy> named,
            List<String> notes) {
        var pool = all.pool();
        int labelled = pool.labelled().length;
        var tried = new ArrayList<Tried>();
        var strategy = named.orElse(Strategy.TYPICAL);
        if (named.isEmpty() && labelled >= StrategyTrial.FEWEST_LABELLED) {
            var trial = StrategyTrial.of(pool, TRIED, REPETITIONS, seed, source.progress());
            trial.scores()
                    .forEach(each ->
                            tried.add(
                                    new Tried(
                                            each.strategy().key(),
                                            Math.round(each.accuracy() * 1e4) / 1e4)));
            strategy = trial.best();
        } else if (named.isEmpty()) {
            notes.add(
                    "fewer than "
                            + StrategyTrial.FEWEST_LABELLED
                            + " rows have a label, too few to try strategies on: the most typical rows come first.");
        }
        var rows = NextRows.choose(pool, count, strategy, seed, source.progress());
        return new Chosen(
                labelled,
                pool.unlabelled().length,
                strategy.key(),
                tried,
                gains(all),
                Arrays.stream(rows)
                        .mapToObj(row -> {
                            var origin = store.origin(row);
                            return new Row(origin.file(), origin.line(), store.text(row));
                        })
                        .toList(),
                notes);
    }

    private List<Double> gains(LabelledRows all) {
        var order = new ArrayList<>(Arrays.stream(all.pool().labelled()).boxed().toList());
        if (order.size() < FEWEST_FOR_A_CURVE || all.names().size() < 2) {
            return List.of();
        }
        Collections.shuffle(order, new Random(seed));
        int held = order.size() / SHARE_OF_TEST;
        var test = order.stream().limit(held).mapToInt(Integer::intValue).toArray();
        var train = order.stream().skip(held).mapToInt(Integer::intValue).toArray();
        var score = LinearScore.of(all.only(train), all.only(test), seed);
        return LearningCurve.measure(
                        train.length,
                        all.names().size(),
                        score,
                        new CurveSettings(3, 8, seed),
                        source.progress())
                .gainPerHundred(order.size(), HUNDREDS)
                .stream()
                .map(each -> Math.round(each * 1e4) / 1e4)
                .toList();
    }

    /// A table with a blank column `label`, for people to fill in.
    public static void write(Chosen chosen, Path file) {
        AtomicFile.write(
                file,
                out -> {
                    out.write(line(List.of("file", "line", "text", "label")));
                    for (var row : chosen.rows()) {
                        out.write(
                                line(
                                        List.of(
                                                row.file(),
                                                String.valueOf(row.line()),
                                                row.text(),
                                                "")));
                    }
                });
    }

    private static byte[] line(List<String> cells) {
        return CsvText.line(cells).getBytes(StandardCharsets.UTF_8);
    }
}
