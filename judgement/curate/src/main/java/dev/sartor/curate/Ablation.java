package dev.sartor.curate;

import dev.sartor.classify.LogisticRegression;
import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.label.LabelledVectors;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.row.StoreWriter;
import dev.sartor.project.curation.StepName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// What each step of a cleaning is worth: rows are cleaned with all steps and with each one left out, a logistic regression on the embedder's
/// vectors learns from both, and both are scored on the same rows. Several draws of four fifths of the rows stand for the chance of a
/// training; a row is in a draw of one side where it is in that of the other.
public final class Ablation {
    private static final double STRENGTH = 31.6;
    private static final double TOLERANCE = 1e-3;
    private static final double SHARE = 0.8;
    private static final double NORMAL_95 = 1.959964;
    private static final int BATCH = 256;

    private final CleaningRequest request;
    private final String version;
    private final int draws;
    private final Progress progress;
    private final Cancellation cancellation;
    private final Map<String, float[]> vectors = new HashMap<>();

    /// @param draws 2 to 50
    public Ablation(
            CleaningRequest request,
            String version,
            int draws,
            Progress progress,
            Cancellation cancellation) {
        this.request = request;
        this.version = version;
        this.draws = draws;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /// What the steps are worth.
    ///
    /// @param accuracy with all steps, the mean over the draws
    /// @param tests how many rows were scored
    public record Report(double accuracy, int tests, int draws, List<Worth> steps) {
        public Report {
            steps = List.copyOf(steps);
        }
    }

    /// What one step is worth.
    ///
    /// @param rows how many are left without it, more than with it or as many
    /// @param difference of the accuracies, with all steps less without this one; low and high are its 95 % interval
    public record Worth(
            String step, long rows, double difference, double low, double high, Finding finding) {}

    /// What can be said of a step.
    public enum Finding {
        HELPS,
        HURTS,
        NOT_SHOWN_TO_HELP
    }

    /// @param tests rows with labels to score on, which are no test rows of a comparison
    /// @param work a folder for the results without each step; the caller removes it
    public Report measure(CleaningReport cleaned, List<Path> tests, Path work) {
        var scored = texts(tests, work.resolve("tests"));
        var full = texts(results(cleaned, request.out()), work.resolve("full"));
        var names = names(List.of(scored, full));
        var right = right(full, scored, names);
        var worth = new ArrayList<Worth>();
        for (var step : request.settings().steps()) {
            var without = without(step, work);
            var other = right(without, scored, names(List.of(scored, full, without)));
            worth.add(compared(step, without.size(), right, other));
        }
        return new Report(rounded(mean(right)), scored.size(), draws, worth);
    }

    private record Labelled(String text, String label) {}

    private static List<Path> results(CleaningReport report, Path folder) {
        return report.results().stream().map(each -> folder.resolve(each.file())).toList();
    }

    private List<Labelled> without(StepName step, Path work) {
        var left = request.settings().steps().stream().filter(each -> each != step).toList();
        if (left.isEmpty()) {
            return texts(request.files(), work.resolve("raw"));
        }
        var out = work.resolve("without-" + step.key());
        var report =
                new Cleaning(
                                request.with(request.settings().with(left), out),
                                version,
                                progress,
                                cancellation)
                        .run();
        return texts(results(report, out), work.resolve("read-" + step.key()));
    }

    private List<Labelled> texts(List<Path> files, Path folder) {
        var writer = new StoreWriter(folder, Progress.silent(), cancellation);
        var none = new RowInputs(List.of(), List.of());
        try (RowStore store = writer.store(none, RowInputs.of(files), request.columns())) {
            var rows = new ArrayList<Labelled>();
            for (int row = 0; row < store.size(); row++) {
                var label = store.label(row);
                if (label.isPresent()) {
                    rows.add(new Labelled(store.text(row), label.get()));
                }
            }
            if (rows.isEmpty()) {
                throw SartorException.user(
                        "what steps are worth is measured by labels, and no row of "
                                + files
                                + " has one: name its field with --label-column.");
            }
            embed(rows);
            return rows;
        }
    }

    private void embed(List<Labelled> rows) {
        var missing =
                rows.stream()
                        .map(Labelled::text)
                        .filter(text -> !vectors.containsKey(text))
                        .distinct()
                        .toList();
        Embedder embedder = request.embedder().get();
        try (var step = progress.begin("embedding", missing.size(), "texts")) {
            for (int from = 0; from < missing.size(); from += BATCH) {
                var batch = missing.subList(from, Math.min(from + BATCH, missing.size()));
                var found = embedder.embed(batch);
                for (int i = 0; i < batch.size(); i++) {
                    vectors.put(batch.get(i), found.get(i));
                }
                step.advance(batch.size());
            }
        }
    }

    private static List<String> names(List<List<Labelled>> all) {
        var names = new TreeSet<String>();
        all.forEach(rows -> rows.forEach(row -> names.add(row.label())));
        return List.copyOf(names);
    }

    /// Of each draw, whether each test row is answered rightly.
    private boolean[][] right(List<Labelled> train, List<Labelled> tests, List<String> names) {
        var right = new boolean[draws][];
        try (var step = progress.begin("what steps are worth", draws, "trainings")) {
            for (int draw = 0; draw < draws; draw++) {
                right[draw] = right(vectors(drawn(train, draw), names), tests, names);
                step.advance(1);
            }
        }
        return right;
    }

    /// A row is drawn by its text and label alone, and so by both sides or by neither.
    private List<Labelled> drawn(List<Labelled> rows, int draw) {
        return rows.stream()
                .filter(row -> {
                    long seed = 31L * row.text().hashCode() + row.label().hashCode();
                    return new SplittableRandom(seed * 1_000_003 + request.seed() + draw)
                                    .nextDouble()
                            < SHARE;
                })
                .toList();
    }

    private LabelledVectors vectors(List<Labelled> rows, List<String> names) {
        return new LabelledVectors(
                rows.stream().map(row -> vector(row.text())).toList(),
                rows.stream().mapToInt(row -> names.indexOf(row.label())).toArray(),
                names.size());
    }

    private float[] vector(String text) {
        var vector = vectors.get(text);
        if (vector == null) {
            throw SartorException.defect("a text has no vector", new IllegalStateException());
        }
        return vector;
    }

    private boolean[] right(LabelledVectors train, List<Labelled> tests, List<String> names) {
        var model =
                LogisticRegression.fit(
                        train.vectors(), train.labels(), train.classes(), STRENGTH, TOLERANCE);
        var right = new boolean[tests.size()];
        IntStream.range(0, right.length)
                .parallel()
                .forEach(i -> {
                    var scores = model.logProbabilities(vector(tests.get(i).text()));
                    int best = 0;
                    for (int c = 1; c < scores.length; c++) {
                        best = scores[c] > scores[best] ? c : best;
                    }
                    right[i] = names.get(best).equals(tests.get(i).label());
                });
        return right;
    }

    private static double mean(boolean[][] right) {
        return IntStream.range(0, right.length)
                .mapToDouble(draw -> share(right[draw]))
                .average()
                .orElse(0);
    }

    private static double share(boolean[] right) {
        int hits = 0;
        for (boolean each : right) {
            hits += each ? 1 : 0;
        }
        return (double) hits / right.length;
    }

    /// The variance of the mean difference is that of the examples' mean differences and that of the draws' together.
    private static Worth compared(StepName step, long rows, boolean[][] with, boolean[][] without) {
        int draws = with.length;
        int tests = with[0].length;
        var ofTests = new double[tests];
        var ofDraws = new double[draws];
        for (int d = 0; d < draws; d++) {
            for (int t = 0; t < tests; t++) {
                int difference = (with[d][t] ? 1 : 0) - (without[d][t] ? 1 : 0);
                ofTests[t] += (double) difference / draws;
                ofDraws[d] += (double) difference / tests;
            }
        }
        double mean = IntStream.range(0, draws).mapToDouble(d -> ofDraws[d]).average().orElse(0);
        double error = Math.sqrt(variance(ofTests, mean) / tests + variance(ofDraws, mean) / draws);
        double low = mean - NORMAL_95 * error;
        double high = mean + NORMAL_95 * error;
        var finding =
                low > 0 ? Finding.HELPS : high < 0 ? Finding.HURTS : Finding.NOT_SHOWN_TO_HELP;
        return new Worth(step.key(), rows, rounded(mean), rounded(low), rounded(high), finding);
    }

    private static double variance(double[] values, double mean) {
        double sum = 0;
        for (double each : values) {
            sum += (each - mean) * (each - mean);
        }
        return values.length < 2 ? 0 : sum / (values.length - 1);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
