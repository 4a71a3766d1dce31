package dev.sartor.compare.run;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What a project made of files from which rows were forgotten since: its runs, and what was trained, as their `made-of.json` say.
///
/// @param project its folder
public record LearnedFrom(Path project) {
    private static final String ADAPTERS = "adapters";
    private static final String RUN = "run.json";
    private static final String CHECKPOINTS = "checkpoints";

    /// A file from which rows were forgotten.
    ///
    /// @param file from the project's folder
    /// @param before its SHA-256 with the rows
    /// @param without its SHA-256 at each time since, so that what was made of these is free of the rows
    /// @param at when
    public record Changed(String file, String before, List<String> without, Instant at) {}

    /// Something that was made of such a file.
    ///
    /// @param place from the project's folder, such as `runs/adapters/route-31c9e2bc`
    /// @param isTrained whether weights learned; otherwise it is a run that was measured
    /// @param adapter that the run uses; empty for none, and for what was trained
    /// @param uses the files and their roles, such as `train: route/train.jsonl`
    /// @param isCertain whether it was made of a file as it was with the rows; otherwise of an earlier one, which may have had them
    public record Made(
            String place,
            boolean isTrained,
            Optional<String> adapter,
            List<String> uses,
            boolean isCertain) {
        /// Whether weights must be trained again, or what was measured on them made again.
        public boolean isOfWeights() {
            return isTrained || adapter.isPresent();
        }
    }

    /// What was made of files that had rows which are to be, or were, forgotten. Trained first, then by place.
    public List<Made> of(List<Changed> files) {
        var found = new TreeMap<String, Made>();
        for (var folder : folders()) {
            RecordedSources.read(folder)
                    .flatMap(madeOf -> made(folder, madeOf, files))
                    .ifPresent(
                            each -> found.put((each.isTrained() ? "0" : "1") + each.place(), each));
        }
        return List.copyOf(found.values());
    }

    /// What was trained with passages of documents, any of which may have been among them.
    public List<String> withDocuments() {
        return folders().stream()
                .filter(folder -> isTrained(folder))
                .filter(folder ->
                        RecordedSources.read(folder)
                                .filter(madeOf -> madeOf.usedDocuments())
                                .isPresent())
                .map(this::place)
                .sorted()
                .toList();
    }

    /// Weights of which nothing says what they learned from, such as those of a search's other trials and of a training that did not
    /// end, and which are older than a time.
    public List<String> unknown(Instant before) {
        var known = folders();
        var found = new TreeSet<String>();
        for (var file : below(LearnedFrom::isWeights)) {
            boolean isKnown = known.stream().anyMatch(file::startsWith);
            if (!isKnown && time(file).isBefore(before)) {
                var folder = file.resolveSibling(".").normalize();
                found.add(
                        place(
                                folder.endsWith(CHECKPOINTS)
                                        ? folder.resolve("..").normalize()
                                        : folder));
            }
        }
        return List.copyOf(found);
    }

    private static boolean isWeights(Path file) {
        return file.toString().endsWith(".safetensors")
                || file.resolveSibling(".").normalize().endsWith(CHECKPOINTS);
    }

    private Optional<Made> made(Path folder, RecordedSources madeOf, List<Changed> files) {
        var uses = new ArrayList<String>();
        boolean isCertain = false;
        var made = time(folder.resolve(RecordedSources.FILE));
        for (var source : madeOf.files()) {
            for (var file : files) {
                if (!source.path().equals(file.file())
                        || file.without().contains(source.sha256())) {
                    continue;
                }
                boolean hadThem = source.sha256().equals(file.before());
                if (hadThem || made.isBefore(file.at())) {
                    uses.add(source.role() + ": " + source.path());
                    isCertain |= hadThem;
                }
            }
        }
        return uses.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Made(
                                place(folder),
                                isTrained(folder),
                                adapter(folder),
                                uses.stream().distinct().toList(),
                                isCertain));
    }

    private static boolean isTrained(Path folder) {
        return folder.resolveSibling(".").normalize().endsWith(ADAPTERS);
    }

    private static Optional<String> adapter(Path folder) {
        var file = folder.resolve(RUN);
        return Files.isRegularFile(file)
                ? RunJson.read(file, Run.class).adapter()
                : Optional.empty();
    }

    private String place(Path folder) {
        return project.relativize(folder).toString().replace('\\', '/');
    }

    private static Instant time(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static SartorException unreadable(Path path, IOException e) {
        return SartorException.missing("cannot read " + path + ": " + e.getMessage(), e);
    }

    private List<Path> folders() {
        return below(file -> file.endsWith(RecordedSources.FILE)).stream()
                .map(file -> file.resolveSibling(".").normalize())
                .toList();
    }

    private List<Path> below(Predicate<Path> wanted) {
        var runs = project.resolve("runs");
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (var all = Files.walk(runs)) {
            return all.filter(wanted).filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw unreadable(runs, e);
        }
    }
}
