package dev.sartor.curate;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.PrivateFiles;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.row.StoreWriter;
import dev.sartor.curate.step.Step;
import dev.sartor.curate.step.StepWork;
import dev.sartor.curate.step.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Cleans rows step by step. The files stay as they are; the result is a folder with the rows that are left, a record of each that is
/// not or is not as it was, and the recipe. A run that was ended goes on behind its last whole step, and the result is the same to the byte.
public final class Cleaning {
    /// The file of the recipe, which is written last.
    public static final String RECIPE = "recipe.json";

    /// Rows may have as many labels for labels to be counted.
    private static final int MOST_LABELS = 10_000;

    private final CleaningRequest request;
    private final String version;
    private final Progress progress;
    private final Cancellation cancellation;

    /// @param version of Sartor, for the recipe
    public Cleaning(
            CleaningRequest request, String version, Progress progress, Cancellation cancellation) {
        this.request = request;
        this.version = version;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /// @throws SartorException a user's error where a label, or more than half of the rows, would go, and nobody said that they may
    public CleaningReport run() {
        var references =
                request.against().isEmpty() ? RowInputs.none() : RowInputs.of(request.against());
        var files = RowInputs.of(request.files());
        requireOwnFolder(files);
        try (var workshop = Workshop.open(request.out())) {
            var writer = new StoreWriter(workshop.folder(), progress, cancellation);
            try (var store = writer.store(references, files, request.columns())) {
                var report =
                        clean(
                                new Place(store, writer.unreadable(), workshop),
                                notes(references, files, writer));
                AtomicFile.write(request.out().resolve(RECIPE), Json.pretty(report));
                workshop.finish();
                return report;
            }
        }
    }

    private static List<String> notes(RowInputs references, RowInputs files, StoreWriter writer) {
        var notes = new ArrayList<String>();
        notes.addAll(references.notes());
        notes.addAll(files.notes());
        notes.addAll(writer.notes());
        return notes;
    }

    /// The folder is new, empty, or one in which a cleaning was ended.
    private void requireOwnFolder(RowInputs files) {
        var out = request.out();
        try {
            for (var input : files.files()) {
                if (input.file().toRealPath().startsWith(realOf(out))) {
                    throw SartorException.user(
                            "--out must not be a folder that is read, got "
                                    + out
                                    + ", which holds "
                                    + input.file()
                                    + ": name another one.");
                }
            }
            if (Files.exists(out.resolve(RECIPE))) {
                throw SartorException.user(
                        out
                                + " holds a result: name another --out, or remove the folder. Its recipe.json says how it"
                                + " was made.");
            }
            if (Files.isDirectory(out)) {
                try (var all = Files.list(out)) {
                    if (!Files.isDirectory(out.resolve(".work")) && all.findAny().isPresent()) {
                        throw SartorException.user(
                                out + " is not empty: name a new folder with --out.");
                    }
                }
            }
            PrivateFiles.makeFolder(out);
        } catch (IOException e) {
            throw AtomicFile.failure(out, e);
        }
    }

    private static Path realOf(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
    }

    /// Where rows and decisions lie.
    ///
    /// @param unreadable lines of what could not be read
    private record Place(RowStore store, Path unreadable, Workshop workshop) {}

    private CleaningReport clean(Place place, List<String> notes) {
        var store = place.store();
        var workshop = place.workshop();
        var steps =
                Steps.of(
                        request.settings(),
                        request.keyFile(),
                        request.embedderName(),
                        request.languages()::apply);
        var alive = new BitSet();
        alive.set(0, store.size());
        var labels = labels(store, alive);
        var vectors =
                new StoredVectors(
                        workshop.folder(),
                        request.embedderName(),
                        request.embedder(),
                        progress,
                        cancellation);
        var work =
                new StepWork(
                        vectors,
                        request.recogniser(),
                        request.tuner(),
                        request.seed(),
                        progress,
                        cancellation);
        var done = new ArrayList<CleaningReport.Done>();
        var key = Sha256.of(version + Json.line(store.inputs()) + store.columns() + request.seed());
        for (int i = 0; i < steps.size(); i++) {
            key = Workshop.key(key, steps.get(i));
            vectors.at(key);
            var decided = workshop.run(i + 1, steps.get(i), key, store, alive, work);
            done.add(done(decided));
        }
        if (!request.yes()) {
            requireEnough(store, alive, labels);
        }
        return write(place, steps, alive, done, notes);
    }

    private static CleaningReport.Done done(Workshop.Decided decided) {
        return new CleaningReport.Done(
                decided.step(),
                new LinkedHashMap<>(decided.settings()),
                decided.before(),
                decided.removed(),
                decided.changed(),
                decided.reasons(),
                decided.notes());
    }

    private CleaningReport write(
            Place place,
            List<Step> steps,
            BitSet alive,
            List<CleaningReport.Done> done,
            List<String> notes) {
        var store = place.store();
        var results = new ResultWriter(request.out(), store, place.workshop());
        var inputs =
                store.inputs().stream()
                        .map(each ->
                                new CleaningReport.Input(
                                        each.file(),
                                        each.sha256(),
                                        each.rows(),
                                        each.unreadable(),
                                        each.isReference()))
                        .toList();
        var report =
                new CleaningReport(
                        version,
                        inputs,
                        done,
                        results.rows(alive),
                        results.removed(place.unreadable(), steps),
                        results.changed(steps),
                        alive.cardinality() - (long) store.references(),
                        notes,
                        "");
        return report.with(Sha256.of(Json.line(report)));
    }

    /// How many rows have which label.
    private static Map<String, Long> labels(RowStore store, BitSet alive) {
        var labels = new HashMap<String, Long>();
        for (int row = alive.nextSetBit(store.references());
                row >= 0;
                row = alive.nextSetBit(row + 1)) {
            store.label(row).ifPresent(label -> labels.merge(label, 1L, Long::sum));
            if (labels.size() > MOST_LABELS) {
                return Map.of(); // these are no labels
            }
        }
        return labels;
    }

    private void requireEnough(RowStore store, BitSet alive, Map<String, Long> labels) {
        long before = store.size() - (long) store.references();
        long after = alive.cardinality() - (long) store.references();
        var wrong = new ArrayList<String>();
        if (after * 2 < before) {
            wrong.add(
                    String.format(
                            Locale.ROOT,
                            "more than half of the rows would go: %,d of %,d",
                            before - after,
                            before));
        }
        var left = labels(store, alive);
        var gone =
                labels.keySet().stream()
                        .filter(label -> !left.containsKey(label))
                        .sorted()
                        .limit(10)
                        .collect(Collectors.joining(", "));
        if (!gone.isEmpty() && !left.isEmpty()) {
            wrong.add("labels would lose all of their rows: " + gone);
        }
        if (!wrong.isEmpty()) {
            throw refused(String.join("; ", wrong));
        }
    }

    private SartorException refused(String what) {
        return SartorException.user(
                what
                        + ". What was decided is kept in "
                        + request.out()
                        + ": run the command again with --yes to have it so, or with other settings.");
    }
}
