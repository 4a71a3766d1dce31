package dev.sartor.curate;

import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.curate.forget.ForgottenRows;
import dev.sartor.curate.forget.LeftOvers;
import dev.sartor.curate.forget.MadeSet;
import dev.sartor.curate.forget.ProjectRows;
import dev.sartor.curate.forget.RowTexts;
import dev.sartor.data.RowErasure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Takes rows out of a project's files, and what was made of these rows out of the sets that `sartor data` made. What goes is set down
/// first, by lines and digests: a run that ended in the midst is finished by the same command. Not thread-safe.
public final class RowForgetting {
    private final Path project;
    private final RowSelection selection;
    private final ProjectRows files;
    private final Instant now;
    private final Set<String> digests = new HashSet<>();
    private final Set<String> fields = new TreeSet<>();
    private final SequencedMap<Path, RowErasure> found = new LinkedHashMap<>();
    private ForgottenRows record;
    private RowTexts texts = new RowTexts();

    /// Rows that go from a file, or went.
    ///
    /// @param file from the project's folder
    /// @param isMade whether the file is of a set that was made of others
    /// @param unreadable rows that nobody could look at
    public record Erased(String file, List<Integer> lines, boolean isMade, int unreadable) {}

    /// A file that had rows which go, or went.
    ///
    /// @param before its SHA-256 with the rows
    /// @param without its SHA-256 at each time since
    public record Changed(String file, String before, List<String> without, Instant at) {}

    private RowForgetting(
            Path project,
            RowSelection selection,
            ProjectRows files,
            ForgottenRows record,
            Instant now) {
        this.project = project;
        this.selection = selection;
        this.files = files;
        this.record = record;
        this.now = now;
    }

    /// Finds all that goes; nothing is written.
    ///
    /// @param project its folder
    /// @param named the files that the project names
    /// @param documents where its documents are
    /// @throws SartorException a user's error where no row fits, or one cannot be taken out of its file
    public static RowForgetting plan(
            Path project,
            List<Path> named,
            Optional<Path> documents,
            RowSelection selection,
            Clock clock) {
        var forgetting =
                new RowForgetting(
                        project,
                        selection,
                        ProjectRows.of(project, named, documents),
                        ForgottenRows.read(project),
                        clock.instant());
        forgetting.plan();
        return forgetting;
    }

    private void plan() {
        digests.addAll(record.begun());
        selection.lines().keySet().stream()
                .filter(file -> !files.plain().contains(file) && !files.made().containsKey(file))
                .findFirst()
                .ifPresent(file -> {
                    throw SartorException.user(
                            "--row names "
                                    + file
                                    + ", which is no file of rows of the project: name one in its folder, or one that its"
                                    + " sartor.yaml names. Nothing was forgotten.");
                });
        for (var file : files.all()) {
            select(file);
        }
        refuseUnfit();
        for (var file : files.plain()) {
            found.put(
                    file,
                    RowErasure.find(file, (_, row) -> digests.contains(RowErasure.digest(row))));
        }
        texts = texts();
        findMade();
        texts = texts();
        findMade();
    }

    /// Which rows are meant by themselves.
    private void select(Path file) {
        var missing = new HashSet<>(selection.lines().getOrDefault(file, Set.of()));
        RowErasure.find(
                file,
                (line, row) -> {
                    row.propertyNames().forEach(fields::add);
                    missing.remove(line);
                    if (selection.meets(row) || selection.names(file, line)) {
                        digests.add(RowErasure.digest(row));
                    }
                    return false;
                });
        if (!missing.isEmpty()) {
            throw SartorException.user(
                    "--row names "
                            + shown(file)
                            + ":"
                            + new TreeSet<>(missing).getFirst()
                            + ", where no row begins: lines are counted from 1. Nothing was forgotten.");
        }
    }

    private void refuseUnfit() {
        for (var field : selection.where().keySet()) {
            if (!fields.contains(field)) {
                throw SartorException.user(
                        "--where names the field '"
                                + field
                                + "', which no row of the project has."
                                + Nearest.hint(field, fields)
                                + " Nothing was forgotten.");
            }
        }
        if (!selection.isEmpty() && digests.isEmpty()) {
            throw SartorException.user(
                    "no row of the project fits "
                            + selection.where().entrySet().stream()
                                    .map(each -> each.getKey() + "=" + each.getValue())
                                    .sorted()
                                    .collect(Collectors.joining(" and "))
                            + ": values are compared to the letter. Nothing was forgotten.");
        }
    }

    /// Of all rows found so far.
    private RowTexts texts() {
        var all = new RowTexts();
        var gone = new HashMap<Path, BitSet>();
        found.forEach((file, erasure) -> {
            var lines = new BitSet();
            erasure.gone().forEach(each -> lines.set(each.line()));
            gone.put(file, lines);
        });
        for (boolean goes : new boolean[] {true, false}) {
            gone.forEach((file, lines) ->
                    RowErasure.find(
                            file,
                            (line, row) -> {
                                if (lines.get(line) && goes) {
                                    all.goes(row);
                                } else if (!lines.get(line) && !goes) {
                                    all.stays(row);
                                }
                                return false;
                            }));
        }
        all.settle();
        return all;
    }

    private void findMade() {
        var mapped = new HashMap<Path, BitSet>();
        for (var set : files.sets()) {
            for (var cleaned : set.cleaned()) {
                map(cleaned).ifPresent(lines -> mapped.put(cleaned.result(), lines));
            }
        }
        for (var file : files.made().keySet()) {
            var lines = mapped.getOrDefault(file, new BitSet());
            found.put(
                    file,
                    RowErasure.find(
                            file,
                            (line, row) ->
                                    lines.get(line)
                                            || digests.contains(RowErasure.digest(row))
                                            || texts.areIn(row)));
        }
    }

    /// The lines in a cleaned file of what goes from the file that was cleaned, whatever the cleaning made of them.
    private Optional<BitSet> map(MadeSet.Cleaned cleaned) {
        for (var file : files.plain()) {
            var erasure = found.get(file);
            if (erasure == null) {
                continue;
            }
            var since = record.since(shown(file), cleaned.sha256(), erasure.sha256());
            if (since.isPresent()) {
                var all = erasure.lines();
                since.get().forEach(all::set);
                var gone =
                        erasure.gone().stream()
                                .map(RowErasure.Gone::line)
                                .collect(Collectors.toSet());
                return Optional.of(cleaned.lines(all, gone));
            }
        }
        return Optional.empty();
    }

    /// Files with rows that go.
    public List<Erased> rows() {
        var rows = new ArrayList<Erased>();
        found.forEach((file, erasure) -> {
            if (!erasure.gone().isEmpty()) {
                rows.add(
                        new Erased(
                                shown(file),
                                erasure.gone().stream().map(RowErasure.Gone::line).toList(),
                                files.made().containsKey(file),
                                erasure.unreadable()));
            }
        });
        return rows;
    }

    /// Whether a question is a text of a row that goes, and of none that stays.
    public boolean asks(String question) {
        return texts.isOne(question);
    }

    /// Files that had rows which go or went, those of earlier times first.
    public List<Changed> changed() {
        var changed = new ArrayList<Changed>();
        var entries = begun().entries();
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            var without =
                    entries.subList(i, entries.size()).stream()
                            .filter(each -> each.file().equals(entry.file()) && each.isDone())
                            .map(ForgottenRows.Entry::after)
                            .toList();
            changed.add(new Changed(entry.file(), entry.before(), without, entry.at()));
        }
        return changed;
    }

    /// The record with what is about to go.
    private ForgottenRows begun() {
        var entries = new ArrayList<ForgottenRows.Entry>();
        found.forEach((file, erasure) -> {
            if (!erasure.gone().isEmpty()) {
                var entry =
                        new ForgottenRows.Entry(
                                shown(file), erasure.sha256(), "", now, erasure.gone());
                boolean isKnown =
                        record.entries().stream()
                                .anyMatch(each ->
                                        each.file().equals(entry.file())
                                                && each.before().equals(entry.before())
                                                && each.rows().equals(entry.rows()));
                if (!isKnown) {
                    entries.add(entry);
                }
            }
        });
        return record.with(entries);
    }

    /// Sets down what goes, before anything does.
    public void begin() {
        record = begun();
        write();
    }

    private void write() {
        if (!record.entries().isEmpty()) {
            record.write(project);
        }
    }

    /// Writes the files without the rows, what was made of others first: as long as a row stands in its own file, the same command
    /// finds all that came of it.
    public void finish() {
        for (boolean made : new boolean[] {true, false}) {
            found.forEach((file, erasure) -> {
                if (files.made().containsKey(file) == made) {
                    record = record.done(shown(file), erasure.write());
                }
            });
        }
        write();
    }

    /// Files of the project that still hold a text of the rows, from its folder.
    public List<String> leftOvers() {
        return LeftOvers.of(project, texts.parts());
    }

    private String shown(Path file) {
        return (file.startsWith(project) ? project.relativize(file) : file)
                .toString()
                .replace('\\', '/');
    }
}
