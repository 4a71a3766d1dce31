package dev.sartor.cli.upgrade;

import dev.sartor.compare.Runs;
import dev.sartor.core.SartorException;
import dev.sartor.project.Project;
import dev.sartor.project.ProjectFile;
import dev.sartor.retrieve.index.PersistentIndex;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Looks for projects, their runs, and indexes below a folder, and reads each as a command would. Links are not followed, and
/// nothing is written.
final class Stocktaking extends SimpleFileVisitor<Path> {
    static final int DEEPEST = 12;

    private final int most;
    private final List<Found> found = new ArrayList<>();
    private final Path top;
    private int entries;

    /// @param most entries of folders are looked at; where there are more, it is refused, not cut short
    private Stocktaking(Path top, int most) {
        this.top = top;
        this.most = most;
    }

    static List<Found> below(Path folder, int most) {
        var taking = new Stocktaking(folder, most);
        try {
            Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), DEEPEST, taking);
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot look through " + folder + ": " + e.getMessage(), e);
        }
        return List.copyOf(taking.found);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        count();
        if (PersistentIndex.isAt(folder)) {
            found.add(index(folder));
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (Files.isRegularFile(folder.resolve(Project.FILE))) {
            project(folder);
        }
        return FileVisitResult.CONTINUE;
    }

    /// At the greatest depth, folders come as files: what lies below them is not looked at, and that is said.
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        count();
        if (attributes.isDirectory()) {
            throw SartorException.user(
                    "FOLDER must hold what is looked for within "
                            + DEEPEST
                            + " levels, and "
                            + file
                            + " lies deeper: name a folder nearer to it.");
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        found.add(
                Found.unread(
                        "folder",
                        file,
                        "cannot be looked into: " + failure.getClass().getSimpleName()));
        return FileVisitResult.CONTINUE;
    }

    private void count() {
        entries++;
        if (entries > most) {
            throw SartorException.user(
                    "FOLDER must hold at most "
                            + most
                            + " files and folders, and "
                            + top
                            + " holds more: name the folder of your projects and indexes.");
        }
    }

    private void project(Path folder) {
        var runs = Runs.of(folder).readings();
        var writtenBy =
                runs.stream()
                        .map(Runs.Reading::version)
                        .filter(version -> !version.isEmpty())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
        found.add(new Found("project", folder, writtenBy, problem(folder), Optional.empty()));
        for (var run : runs) {
            var path = folder.resolve("runs").resolve(run.id());
            found.add(new Found("run", path, run.version(), run.problem(), Optional.empty()));
        }
    }

    private static Optional<String> problem(Path project) {
        try {
            var _ = ProjectFile.read(project);
            return Optional.empty();
        } catch (SartorException e) {
            return Optional.of(message(e));
        }
    }

    private static Found index(Path folder) {
        try (var open = PersistentIndex.unasked(folder)) {
            var with = open.with();
            var _ = open.documents();
            var note =
                    with.isOfThisFormat()
                            ? Optional.<String>empty()
                            : Optional.of("is made anew when `sartor index` next writes it");
            return new Found("index", folder, "format " + with.format(), Optional.empty(), note);
        } catch (SartorException e) {
            return Found.unread("index", folder, message(e));
        } catch (RuntimeException e) { // of the libraries that read it
            return Found.unread(
                    "index",
                    folder,
                    "is damaged or from another version of Sartor: "
                            + e.getClass().getSimpleName());
        }
    }

    private static String message(SartorException e) {
        return String.valueOf(e.getMessage());
    }
}
