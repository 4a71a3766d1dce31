package dev.sartor.curate;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Folders;
import dev.sartor.core.file.PrivateFiles;
import dev.sartor.core.file.Sha256;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.step.Step;
import dev.sartor.curate.step.StepRows;
import dev.sartor.curate.step.StepWork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The folder beside a result in which steps leave what they decided, so that a run that was ended goes on behind its last whole step.
/// One process at a time works there.
final class Workshop implements AutoCloseable {
    private static final String NAME = ".work";

    /// So many kinds of reasons are counted by name.
    private static final int MOST_REASONS = 50;

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private Workshop(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /// @throws SartorException a user's error where another process works there
    static Workshop open(Path out) {
        var folder = out.resolve(NAME);
        try {
            PrivateFiles.makeFolder(folder);
            var channel =
                    PrivateFiles.open(
                            folder.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            var lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw SartorException.user(
                        "another process is cleaning into "
                                + out
                                + ": wait for it, or name another --out.");
            }
            AtomicFile.sweep(folder);
            return new Workshop(folder, channel, lock);
        } catch (IOException e) {
            throw AtomicFile.failure(folder, e);
        }
    }

    Path folder() {
        return folder;
    }

    /// What a step decided, as it lies here.
    ///
    /// @param key of all that its decisions hang on: the files, and each step until here with its settings
    /// @param before how many rows there were, references aside
    record Decided(
            String step,
            Map<String, Object> settings,
            String key,
            long before,
            long removed,
            long changed,
            Map<String, Long> reasons,
            List<String> notes) {}

    static String key(String before, Step step) {
        return Sha256.of(before + "\n" + step.name().key() + "\n" + Json.line(step.settings()));
    }

    /// Does the step, or takes what it decided before, and applies it.
    ///
    /// @param number of the step, from 1
    /// @param alive the rows of the store that are left; those that are removed are cleared
    Decided run(int number, Step step, String key, RowStore store, BitSet alive, StepWork work) {
        var kept = kept(number, step, key);
        kept.ifPresent(
                _ -> work.progress().say(step.name().key() + ": taken from the run before."));
        var decided = kept.orElseGet(() -> decide(number, step, key, store, alive, work));
        apply(number, step, store, alive);
        return decided;
    }

    private Optional<Decided> kept(int number, Step step, String key) {
        var file = file(number, step, "json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            var decided = Json.mapper().readValue(file.toFile(), Decided.class);
            return Optional.of(decided).filter(each -> each.key().equals(key));
        } catch (JacksonException e) {
            return Optional.empty(); // not of this version: done anew
        }
    }

    private Decided decide(
            int number, Step step, String key, RowStore store, BitSet alive, StepWork work) {
        var rows = new StepRows(store, alive.stream().toArray());
        var notes = new ArrayList<String>();
        AtomicFile.write(
                file(number, step, "rows"),
                changedRows ->
                        AtomicFile.write(
                                file(number, step, "jsonl"),
                                decisions -> {
                                    var recorder = new StepRecorder(rows, decisions, changedRows);
                                    try {
                                        step.run(rows, recorder, work);
                                    } catch (UncheckedIOException e) {
                                        throw e.getCause();
                                    }
                                    notes.addAll(recorder.notes());
                                }));
        var counts = new Counts();
        each(number, step, counts);
        var decided =
                new Decided(
                        step.name().key(),
                        step.settings(),
                        key,
                        rows.size() - (long) rows.references(),
                        counts.removed,
                        counts.changed,
                        counts.reasons,
                        notes);
        AtomicFile.write(file(number, step, "json"), Json.pretty(decided));
        return decided;
    }

    private static final class Counts implements Consumer<JsonNode> {
        private final Map<String, Long> reasons = new LinkedHashMap<>();
        private long removed;
        private long changed;

        @Override
        public void accept(JsonNode decision) {
            if (!decision.has("reason")) {
                changed++;
                return;
            }
            removed++;
            var reason = decision.get("reason").stringValue();
            boolean isCounted = reasons.containsKey(reason) || reasons.size() < MOST_REASONS;
            reasons.merge(isCounted ? reason : "others", 1L, Long::sum);
        }
    }

    private void apply(int number, Step step, RowStore store, BitSet alive) {
        var changed = new ArrayList<int[]>();
        each(
                number,
                step,
                decision -> {
                    int row = decision.get("row").intValue();
                    if (decision.has("reason")) {
                        alive.clear(row);
                    } else {
                        changed.add(new int[] {row, decision.get("length").intValue()});
                    }
                });
        if (!changed.isEmpty()) {
            store.replace(
                    file(number, step, "rows"),
                    changed.stream().mapToInt(each -> each[0]).toArray(),
                    changed.stream().mapToInt(each -> each[1]).toArray());
        }
    }

    /// Reads a step's decisions, in the order of the rows.
    void each(int number, Step step, Consumer<JsonNode> taker) {
        var file = file(number, step, "jsonl");
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                taker.accept(Json.mapper().readTree(line));
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private Path file(int number, Step step, String ending) {
        return folder.resolve(
                String.format(Locale.ROOT, "%02d-%s.%s", number, step.name().key(), ending));
    }

    /// Removes the folder: the result is whole.
    void finish() {
        close();
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw SartorException.missing("cannot remove " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            if (lock.isValid()) {
                lock.release();
            }
            channel.close();
        } catch (IOException e) {
            throw SartorException.missing("cannot close " + folder + ": " + e.getMessage(), e);
        }
    }
}
