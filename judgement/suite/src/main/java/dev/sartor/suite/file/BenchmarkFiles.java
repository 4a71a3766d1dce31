package dev.sartor.suite.file;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.data.RowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where the benchmarks' rows lie on this machine: a file or folder for each of some tasks, and folders that hold several.
///
/// A split is a file `SPLIT.jsonl`, `SPLIT.json` or `SPLIT.parquet`, or several `SPLIT-00000-of-00002.parquet`, as the hub has
/// them, in the task's folder, in its sub-folder `data` or `all`, or, split by subject, one in each sub-folder.
public final class BenchmarkFiles {
    private static final String KINDS = "\\.(jsonl|json|parquet)";

    private final Map<String, Path> named;
    private final List<Path> folders;

    private BenchmarkFiles(Map<String, Path> named, List<Path> folders) {
        this.named = Map.copyOf(named);
        this.folders = List.copyOf(folders);
    }

    /// @param given each `NAME=FILE`, `NAME=FOLDER`, or a folder that holds for each task a folder or a file of its name
    /// @param names that a task may have
    public static BenchmarkFiles of(List<String> given, List<String> names) {
        var named = new LinkedHashMap<String, Path>();
        var folders = new ArrayList<Path>();
        for (var each : given) {
            int at = each.indexOf('=');
            if (at > 0 && names.contains(each.substring(0, at))) {
                named.put(each.substring(0, at), existing(Path.of(each.substring(at + 1))));
                continue;
            }
            var path = Path.of(each);
            Problems.refuseUnless(
                    Files.isDirectory(path),
                    "--data",
                    "NAME=FILE, NAME=FOLDER, or a folder with one of a task's name",
                    each,
                    "names are " + String.join(", ", names));
            folders.add(path);
        }
        return new BenchmarkFiles(named, folders);
    }

    private static Path existing(Path path) {
        Problems.refuseUnless(
                Files.exists(path), "--data", "a file or folder", path, "correct the path");
        return path;
    }

    /// The rows of the split that is measured.
    ///
    /// @param names the task's, its own first
    /// @throws SartorException a user's error that lists every bad row, or that says what is to be given where there is no file
    public <T> List<T> evaluated(
            List<String> names, Dataset dataset, Function<BenchmarkRow, T> reading) {
        var files = files(names, dataset.evaluated(), true);
        if (files.isEmpty()) {
            throw SartorException.user(
                    "there are no rows of "
                            + names.getFirst()
                            + " in --data: give --data "
                            + names.getFirst()
                            + "=FOLDER with a file "
                            + dataset.evaluated()
                            + ".jsonl or "
                            + dataset.evaluated()
                            + ".parquet, or --data "
                            + names.getFirst()
                            + "=FILE; "
                            + dataset.advice());
        }
        return read(files, dataset, reading);
    }

    /// The rows of the split that few-shot examples come from.
    public <T> List<T> examples(
            List<String> names, Dataset dataset, Function<BenchmarkRow, T> reading) {
        var files =
                files(names, dataset.examples(), dataset.examples().equals(dataset.evaluated()));
        if (files.isEmpty()) {
            throw SartorException.user(
                    "the few-shot examples of "
                            + names.getFirst()
                            + " come from the split '"
                            + dataset.examples()
                            + "' of "
                            + dataset.repository()
                            + ", and --data has none: give --data "
                            + names.getFirst()
                            + "=FOLDER with "
                            + dataset.examples()
                            + ".jsonl or "
                            + dataset.examples()
                            + ".parquet beside the rows, or --few-shot 0");
        }
        return read(files, dataset, reading);
    }

    private static <T> List<T> read(
            List<Path> files, Dataset dataset, Function<BenchmarkRow, T> reading) {
        var problems = new Problems();
        var all = new ArrayList<T>();
        for (var file : files) {
            for (var row : RowFile.objects(file).rows()) {
                try {
                    all.add(reading.apply(new BenchmarkRow(row, dataset)));
                } catch (RowRefused e) {
                    problems.add(row.origin().toString(), String.valueOf(e.getMessage()));
                }
            }
        }
        problems.throwIfAny();
        return all;
    }

    /// @param isMeasured whether a file that is given for the task, with no split in its name, is this split
    private List<Path> files(List<String> names, String split, boolean isMeasured) {
        var places =
                Stream.concat(
                        names.stream()
                                .flatMap(name -> Optional.ofNullable(named.get(name)).stream()),
                        folders.stream().flatMap(folder -> places(folder, names)));
        return places.map(place -> inPlace(place, split, isMeasured))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static Stream<Path> places(Path folder, List<String> names) {
        return names.stream()
                .flatMap(name ->
                        Stream.of("", ".jsonl", ".json", ".parquet")
                                .map(ending -> folder.resolve(name + ending)))
                .filter(Files::exists);
    }

    private static List<Path> inPlace(Path place, String split, boolean isMeasured) {
        if (!Files.isDirectory(place)) {
            return isMeasured ? List.of(place) : List.of();
        }
        for (var each : List.of(place, place.resolve("data"), place.resolve("all"))) {
            var here = ofSplit(each, split);
            if (!here.isEmpty()) {
                return here;
            }
        }
        return children(place).stream()
                .filter(Files::isDirectory)
                .flatMap(folder -> ofSplit(folder, split).stream())
                .toList();
    }

    private static List<Path> ofSplit(Path folder, String split) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var name = Pattern.compile(Pattern.quote(split) + "(-[0-9]+-of-[0-9]+)?" + KINDS);
        return children(folder).stream()
                .filter(file -> name.matcher(file.getFileName().toString()).matches())
                .toList();
    }

    private static List<Path> children(Path folder) {
        try (var found = Files.list(folder)) {
            return found.sorted().toList();
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }
}
