package dev.sartor.curate;

import dev.sartor.core.Embedder;
import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.curate.curve.LinearScore;
import dev.sartor.curate.label.LabelledVectors;
import dev.sartor.curate.label.Strength;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.row.StoreWriter;
import dev.sartor.curate.select.NearestInTurn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Chooses the rows that are the most like a task's, always beside as many that are drawn by chance: most ways of choosing lose to these.
public final class Selecting {
    /// The chosen rows.
    public static final String ROWS = "rows.jsonl";

    /// Where the others stand.
    public static final String LEFT = "left.jsonl";

    /// How they were chosen; written last.
    public static final String RECORD = "selection.json";

    private static final int DRAWS = 5;
    private static final int FOLDS = 5;

    private final RowSource source;
    private final Supplier<Embedder> embedder;
    private final long seed;

    /// @param embedder opened once; the caller closes it
    public Selecting(RowSource source, long seed, Supplier<Embedder> embedder) {
        this.source = source;
        this.embedder = embedder;
        this.seed = seed;
    }

    /// What was chosen.
    ///
    /// @param rows to choose from
    /// @param like how many of the task's rows they were compared with
    /// @param measured empty where too few rows have a label
    public record Report(
            int rows,
            int chosen,
            int like,
            Optional<Measured> measured,
            CleaningReport.Result result,
            List<String> notes) {
        public Report {
            notes = List.copyOf(notes);
        }
    }

    /// What learning from rows that are chosen by one half of the task's rows brings on the other half.
    ///
    /// @param tests how many rows were scored
    /// @param chosen accuracy of logistic regression on the chosen rows
    /// @param random the mean of the same on as many rows drawn by chance, over {@link #draws}
    /// @param low of the 95 % interval of the difference
    public record Measured(
            int tests,
            int draws,
            double chosen,
            double random,
            double difference,
            double low,
            double high,
            Finding finding) {}

    /// Whether choosing is worth it.
    public enum Finding {
        BETTER_THAN_CHANCE,
        WORSE_THAN_CHANCE,
        NOT_SHOWN_TO_BE_BETTER
    }

    /// @param files rows to choose from
    /// @param like the task's rows, which are no test rows of a comparison
    /// @param out a new folder
    public Report select(List<Path> files, List<Path> like, int count, Path out) {
        if (Files.exists(out.resolve(RECORD))) {
            throw SartorException.user(out + " holds a selection: name another --out.");
        }
        var inputs = RowInputs.of(files);
        var writer = new StoreWriter(source.work(), source.progress(), source.cancellation());
        try (var store = writer.store(RowInputs.of(like), inputs, source.columns())) {
            int guides = store.references();
            int rows = store.size() - guides;
            Problems.refuseUnless(
                    guides > 0,
                    "--like",
                    "a file with rows",
                    "none",
                    "name some of the task's rows");
            Problems.refuseUnless(
                    count >= 1 && count <= rows,
                    "--count",
                    "1 to " + rows + ", as many as there are rows",
                    count,
                    "half of them is a beginning");
            var all = LabelledRows.of(store, embedder.get(), source);
            var notes = new ArrayList<String>();
            notes.addAll(inputs.notes());
            notes.addAll(writer.notes());
            var measured = measured(all, guides, count, notes);
            var chosen =
                    NearestInTurn.choose(
                            all.vectors().subList(guides, store.size()),
                            all.vectors().subList(0, guides),
                            count,
                            source.progress());
            var result = write(store, chosen, out);
            var report = new Report(rows, count, guides, measured, result, notes);
            AtomicFile.write(out.resolve(RECORD), Json.pretty(report));
            return report;
        }
    }

    private Optional<Measured> measured(
            LabelledRows all, int guides, int count, List<String> notes) {
        var labelled = all.pool().labelled();
        var train = Arrays.stream(labelled).filter(row -> row >= guides).toArray();
        var of =
                new ArrayList<>(
                        Arrays.stream(labelled).filter(row -> row < guides).boxed().toList());
        if (train.length <= count || of.size() < 2 || all.names().size() < 2) {
            notes.add(
                    "whether they beat rows drawn by chance was not measured: that needs labels on the rows and on those of --like, and more"
                            + " rows than are chosen.");
            return Optional.empty();
        }
        Collections.shuffle(of, new Random(seed));
        var guide = of.subList(0, of.size() / 2).stream().mapToInt(Integer::intValue).toArray();
        var tests =
                of.subList(of.size() / 2, of.size()).stream().mapToInt(Integer::intValue).toArray();
        var chosen =
                NearestInTurn.choose(
                        vectors(all, train), vectors(all, guide), count, source.progress());
        double strength = Strength.chosen(all.only(train), FOLDS, seed);
        var asked = all.only(tests);
        var ours =
                right(
                        all.only(Arrays.stream(chosen).map(i -> train[i]).toArray()),
                        asked,
                        strength);
        var random = new Random(seed);
        var first = new boolean[DRAWS][];
        var other = new boolean[DRAWS][];
        try (var step =
                source.progress().begin("beside rows drawn by chance", DRAWS, "trainings")) {
            for (int draw = 0; draw < DRAWS; draw++) {
                first[draw] = ours;
                other[draw] = right(all.only(drawn(train, count, random)), asked, strength);
                step.advance(1);
            }
        }
        return Optional.of(measured(PairedDraws.of(first, other), tests.length));
    }

    private static Measured measured(PairedDraws paired, int tests) {
        var finding =
                paired.low() > 0
                        ? Finding.BETTER_THAN_CHANCE
                        : paired.high() < 0
                                ? Finding.WORSE_THAN_CHANCE
                                : Finding.NOT_SHOWN_TO_BE_BETTER;
        return new Measured(
                tests,
                DRAWS,
                rounded(paired.first()),
                rounded(paired.other()),
                rounded(paired.difference()),
                rounded(paired.low()),
                rounded(paired.high()),
                finding);
    }

    private static List<float[]> vectors(LabelledRows all, int[] rows) {
        return Arrays.stream(rows).mapToObj(all.vectors()::get).toList();
    }

    private static int[] drawn(int[] rows, int count, Random random) {
        var order = new ArrayList<>(Arrays.stream(rows).boxed().toList());
        Collections.shuffle(order, random);
        return order.stream().limit(count).mapToInt(Integer::intValue).toArray();
    }

    private static boolean[] right(LabelledVectors train, LabelledVectors tests, double strength) {
        if (Arrays.stream(train.labels()).distinct().count() < 2) {
            int only = train.labels()[0];
            var right = new boolean[tests.count()];
            IntStream.range(0, right.length).forEach(i -> right[i] = tests.labels()[i] == only);
            return right;
        }
        return LinearScore.right(train, tests, strength);
    }

    /// The chosen rows in their own order, and where the others stand.
    private static CleaningReport.Result write(RowStore store, int[] chosen, Path out) {
        int guides = store.references();
        var isChosen = new BitSet();
        Arrays.stream(chosen).forEach(row -> isChosen.set(guides + row));
        AtomicFile.write(
                out.resolve(ROWS),
                to -> {
                    for (int row = isChosen.nextSetBit(0);
                            row >= 0;
                            row = isChosen.nextSetBit(row + 1)) {
                        to.write(store.json(row));
                        to.write('\n');
                    }
                });
        AtomicFile.write(
                out.resolve(LEFT),
                to -> {
                    for (int row = guides; row < store.size(); row++) {
                        if (!isChosen.get(row)) {
                            var origin = store.origin(row);
                            var line = new LinkedHashMap<String, Object>();
                            line.put("file", origin.file());
                            line.put("line", origin.line());
                            line.put("reason", "not among the " + chosen.length + " nearest");
                            to.write((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
                        }
                    }
                });
        return new CleaningReport.Result(ROWS, Sha256.ofReadable(out.resolve(ROWS)), chosen.length);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
