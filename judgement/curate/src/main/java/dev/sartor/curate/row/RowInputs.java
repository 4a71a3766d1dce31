package dev.sartor.curate.row;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The files that a command's arguments stand for: files as they are, of folders all files below that are not hidden, by their paths.
///
/// @param files each once
/// @param notes what was passed over, and why
public record RowInputs(List<Input> files, List<String> notes) {
    private static final Set<String> ROWS =
            Set.of("jsonl", "ndjson", "json", "csv", "tsv", "parquet", "arrow", "feather");

    private static final int MOST_OF_A_HEAD = 8192;

    public RowInputs {
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }

    /// One file.
    ///
    /// @param isWhole whether the file is one row, `{"path", "text"}`; else it has rows
    /// @param name unique among the inputs: the path below the folder that was named, or the file's name
    public record Input(Path file, String name, boolean isWhole) {}

    public static RowInputs none() {
        return new RowInputs(List.of(), List.of());
    }

    /// @throws SartorException a user's error where there is no file at all
    public static RowInputs of(List<Path> arguments) {
        return of(arguments, /* wholeBelow= */ false);
    }

    /// The same, but that every text file below a folder is one row, whatever its name says: a repository's JSON has no rows.
    public static RowInputs ofRepository(List<Path> arguments) {
        return of(arguments, /* wholeBelow= */ true);
    }

    private static RowInputs of(List<Path> arguments, boolean wholeBelow) {
        var found = new Found(wholeBelow);
        for (var argument : arguments) {
            if (Files.isDirectory(argument)) {
                found.addFolder(argument);
            } else if (Files.exists(argument)) {
                var name = argument.getFileName().toString();
                found.add(argument, name, !hasRows(name));
            } else {
                throw SartorException.user(
                        argument
                                + " does not exist: check the path, which is taken from "
                                + Path.of("").toAbsolutePath()
                                + ".");
            }
        }
        if (found.inputs.isEmpty()) {
            throw SartorException.user(
                    arguments
                            + " hold no file with rows or text: name JSONL, JSON, CSV, Parquet, Arrow or text files.");
        }
        return new RowInputs(found.inputs, found.notes);
    }

    private static final class Found {
        private final List<Input> inputs = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private final Set<Path> files = new HashSet<>();
        private final DatasetFolder datasets = new DatasetFolder();
        private final boolean wholeBelow;

        Found(boolean wholeBelow) {
            this.wholeBelow = wholeBelow;
        }

        void addFolder(Path folder) {
            var below = new ArrayList<Path>();
            try {
                Files.walkFileTree(folder, new Visible(folder, below));
            } catch (IOException e) {
                throw SartorException.missing("cannot read " + folder + ": " + e.getMessage(), e);
            }
            below.sort(Comparator.comparing(file -> slashed(folder.relativize(file))));
            for (var file : below) {
                if (!wholeBelow && isBeside(file)) {
                    notes.add(
                            file
                                    + " was passed over: it belongs to a data set's folder, and has no rows.");
                } else {
                    var name = slashed(folder.relativize(file));
                    add(file, name, wholeBelow || !hasRows(name));
                }
            }
        }

        private boolean isBeside(Path file) {
            try {
                return datasets.isBeside(file);
            } catch (IOException e) {
                throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
            }
        }

        void add(Path file, String name, boolean isWhole) {
            try {
                if (!files.add(file.toRealPath())) {
                    notes.add(file + " is named twice, and read once.");
                } else if (isWhole && isBinary(file)) {
                    notes.add(file + " was passed over: it is no text.");
                } else {
                    inputs.add(new Input(file, unique(name), isWhole));
                }
            } catch (IOException e) {
                throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
            }
        }

        private String unique(String name) {
            var unique = name;
            for (int i = 2; !names.add(unique); i++) {
                unique = i + "-" + name;
            }
            return unique;
        }
    }

    private static final class Visible extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final List<Path> files;

        Visible(Path folder, List<Path> files) {
            this.folder = folder;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
            return !at.equals(folder) && isHidden(at)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isHidden(file)) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private static boolean hasRows(String name) {
        return ROWS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /// A text has no byte 0.
    private static boolean isBinary(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            for (byte each : in.readNBytes(MOST_OF_A_HEAD)) {
                if (each == 0) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }
}
