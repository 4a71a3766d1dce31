package dev.sartor.curate;

import dev.sartor.core.Json;
import dev.sartor.core.Origin;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.curve.LinearScore;
import dev.sartor.curate.label.LabelledVectors;
import dev.sartor.curate.label.Strength;
import dev.sartor.curate.row.Embedding;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.StoreWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What each step of a cleaning is worth: a logistic regression on the embedder's vectors learns from the cleaned rows, and from the same rows
/// with those that the step removed or changed put back as they stand in their files. Both are scored on the same rows. What other steps did
/// stays, so that their chance is no part of the difference. Several draws of four fifths of the rows stand for the chance of a training; a
/// row is in a draw of one side where it is in that of the other.
public final class Ablation {
    private static final double SHARE = 0.8;
    private static final int FOLDS = 5;

    private final CleaningRequest request;
    private final int draws;
    private final Progress progress;
    private final Cancellation cancellation;
    private final Map<String, float[]> vectors = new HashMap<>();

    /// @param draws 2 to 50
    public Ablation(
            CleaningRequest request, int draws, Progress progress, Cancellation cancellation) {
        this.request = request;
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
    /// @param rows how many were put back
    /// @param difference of the accuracies, cleaned less with the rows put back; low and high are its 95 % interval
    public record Worth(
            String step, long rows, double difference, double low, double high, Finding finding) {}

    /// What can be said of a step.
    public enum Finding {
        HELPS,
        HURTS,
        NOT_SHOWN_TO_HELP
    }

    private record Labelled(Origin origin, String text, String label) {}

    /// @param cleaned what the request's cleaning did
    /// @param tests rows with labels to score on, which are no test rows of a comparison
    /// @param work a folder for rows while they are read; the caller removes it
    public Report measure(CleaningReport cleaned, List<Path> tests, Path work) {
        var scored = read(tests, work.resolve("tests"));
        var raw = read(request.files(), work.resolve("raw"));
        var touched = touched();
        var left = cleanedRows(cleaned, raw, touched, work.resolve("cleaned"));
        if (scored.isEmpty() || left.isEmpty()) {
            throw SartorException.user(
                    "what steps are worth is measured by labels, and there are "
                            + left.size()
                            + " cleaned rows and "
                            + scored.size()
                            + " rows to score on that have one: name its field with --label-column.");
        }
        embed(Stream.of(scored, raw, left).flatMap(List::stream).map(Labelled::text).toList());
        var names = names(raw, scored);
        double strength = Strength.chosen(vectors(left, names), FOLDS, request.seed());
        var right = right(left, scored, names, strength);
        var worth = new ArrayList<Worth>();
        for (var step : request.settings().steps()) {
            var back = putBack(left, raw, touched.of(step.key()));
            var other = back.equals(left) ? right : right(back, scored, names, strength);
            int count = touched.of(step.key()).size();
            worth.add(compared(step.key(), count, right, other));
        }
        return new Report(rounded(PairedDraws.mean(right)), scored.size(), draws, worth);
    }

    /// The rows that have a label.
    private List<Labelled> read(List<Path> files, Path folder) {
        var writer = new StoreWriter(folder, Progress.silent(), cancellation);
        try (var store = writer.store(RowInputs.of(files), request.columns())) {
            var rows = new ArrayList<Labelled>();
            for (int row = 0; row < store.size(); row++) {
                int at = row;
                store.label(row)
                        .ifPresent(label ->
                                rows.add(new Labelled(store.origin(at), store.text(at), label)));
            }
            return rows;
        }
    }

    /// Which rows each step removed or changed.
    private record Touched(Map<String, Set<Origin>> byStep, Set<Origin> removed) {
        Set<Origin> of(String step) {
            return byStep.getOrDefault(step, Set.of());
        }
    }

    private Touched touched() {
        var byStep = new HashMap<String, Set<Origin>>();
        var removed = new HashSet<Origin>();
        for (var name : List.of(ResultWriter.REMOVED, ResultWriter.CHANGED)) {
            var file = request.out().resolve(name);
            try (var lines = Files.lines(file)) {
                lines.map(Json.mapper()::readTree)
                        .forEach(line -> {
                            var origin =
                                    new Origin(
                                            line.get("file").stringValue(),
                                            line.get("line").intValue());
                            byStep.computeIfAbsent(
                                            line.get("step").stringValue(), _ -> new HashSet<>())
                                    .add(origin);
                            if (name.equals(ResultWriter.REMOVED)) {
                                removed.add(origin);
                            }
                        });
            } catch (IOException e) {
                throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        return new Touched(byStep, removed);
    }

    /// The cleaned rows under their places: they stand in the order of those that were not removed.
    private List<Labelled> cleanedRows(
            CleaningReport cleaned, List<Labelled> raw, Touched touched, Path folder) {
        var files = cleaned.results().stream().map(each -> request.out().resolve(each.file()));
        var rows = read(files.toList(), folder);
        var places =
                raw.stream()
                        .map(Labelled::origin)
                        .filter(origin -> !touched.removed().contains(origin))
                        .toList();
        if (places.size() != rows.size()) {
            throw SartorException.missing(
                    request.out()
                            + " has "
                            + rows.size()
                            + " labelled rows, and its files leave "
                            + places.size()
                            + ": something changed since they were cleaned, or several rows stand on one line.");
        }
        return IntStream.range(0, rows.size())
                .mapToObj(i -> new Labelled(places.get(i), rows.get(i).text(), rows.get(i).label()))
                .toList();
    }

    private static List<Labelled> putBack(
            List<Labelled> left, List<Labelled> raw, Set<Origin> touched) {
        var rows = new LinkedHashMap<Origin, Labelled>();
        left.forEach(each -> rows.put(each.origin(), each));
        raw.stream()
                .filter(each -> touched.contains(each.origin()))
                .forEach(each -> rows.put(each.origin(), each));
        return List.copyOf(rows.values());
    }

    private void embed(List<String> texts) {
        var distinct = texts.stream().distinct().toList();
        var found =
                Embedding.of(
                        distinct.size(),
                        distinct::get,
                        request.embedder().get(),
                        progress,
                        cancellation);
        for (int i = 0; i < found.size(); i++) {
            vectors.put(distinct.get(i), found.get(i));
        }
    }

    private static List<String> names(List<Labelled> raw, List<Labelled> scored) {
        var names = new TreeSet<String>();
        Stream.of(raw, scored).flatMap(List::stream).forEach(each -> names.add(each.label()));
        return List.copyOf(names);
    }

    /// Of each draw, whether each test row is answered rightly.
    private boolean[][] right(
            List<Labelled> train, List<Labelled> tests, List<String> names, double strength) {
        var right = new boolean[draws][];
        var asked = vectors(tests, names);
        try (var step = progress.begin("what steps are worth", draws, "trainings")) {
            for (int draw = 0; draw < draws; draw++) {
                int now = draw;
                var drawn = train.stream().filter(row -> isDrawn(row, now)).toList();
                right[draw] = LinearScore.right(vectors(drawn, names), asked, strength);
                step.advance(1);
            }
        }
        return right;
    }

    /// By its place alone, and so by both sides or by neither.
    private boolean isDrawn(Labelled row, int draw) {
        long seed = (row.origin().hashCode() * 1_000_003L + request.seed()) * 1_000_003L + draw;
        return new SplittableRandom(seed).nextDouble() < SHARE;
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

    private static Worth compared(String step, long rows, boolean[][] with, boolean[][] without) {
        var paired = PairedDraws.of(with, without);
        var finding =
                paired.low() > 0
                        ? Finding.HELPS
                        : paired.high() < 0 ? Finding.HURTS : Finding.NOT_SHOWN_TO_HELP;
        return new Worth(
                step,
                rows,
                rounded(paired.difference()),
                rounded(paired.low()),
                rounded(paired.high()),
                finding);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
