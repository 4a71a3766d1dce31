package dev.sartor.studio.read;

import dev.sartor.project.Project;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The projects below a folder. Links are not followed, so that nothing beyond the folder is found; an address names a project of this
/// list or none.
public final class ProjectFinder {
    private static final int DEEPEST = 4;
    private static final int MOST_ENTRIES = 20_000;
    private static final int MOST_PROJECTS = 500;
    private static final Set<String> PASSED = Set.of("runs", "documents", "target", "node_modules");

    private final Path root;

    /// @param root absolute
    public ProjectFinder(Path root) {
        this.root = root;
    }

    /// What was found.
    ///
    /// @param isWhole whether all of the folder was looked through
    public record Found(List<ProjectPlace> projects, boolean isWhole) {
        public Found {
            projects = List.copyOf(projects);
        }
    }

    public Path root() {
        return root;
    }

    /// By their ids.
    public Found find() {
        var walk = new Walk();
        try {
            Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), DEEPEST, walk);
        } catch (IOException e) {
            walk.isWhole = false;
        }
        walk.found.sort(Comparator.comparing(ProjectPlace::id));
        return new Found(walk.found, walk.isWhole);
    }

    /// The same that {@link #find} would find, without looking through the rest.
    ///
    /// @param id as a browser says it
    public Optional<ProjectPlace> project(String id) {
        var folder = root;
        if (!id.equals(".")) {
            var names = id.split("/", -1);
            if (names.length > DEEPEST) {
                return Optional.empty();
            }
            for (var name : names) {
                if (!isEntered(name)) {
                    return Optional.empty();
                }
                folder = folder.resolve(name);
                if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.empty();
                }
            }
        }
        return isProject(folder) ? Optional.of(new ProjectPlace(id, folder)) : Optional.empty();
    }

    private static boolean isEntered(String name) {
        return !name.isEmpty()
                && !name.startsWith(".")
                && name.indexOf('\\') < 0
                && name.indexOf('\0') < 0
                && !PASSED.contains(name);
    }

    private static boolean isProject(Path folder) {
        return Files.isRegularFile(folder.resolve(Project.FILE));
    }

    private final class Walk extends SimpleFileVisitor<Path> {
        private final List<ProjectPlace> found = new ArrayList<>();
        private boolean isWhole = true;
        private int entries;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            var name = String.valueOf(folder.getFileName());
            if (!folder.equals(root) && !isEntered(name)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (isProject(folder)) {
                var id = root.relativize(folder).toString().replace('\\', '/');
                found.add(new ProjectPlace(id.isEmpty() ? "." : id, folder));
            }
            return next();
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return next();
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            isWhole = false;
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult next() {
            entries++;
            if (entries <= MOST_ENTRIES && found.size() < MOST_PROJECTS) {
                return FileVisitResult.CONTINUE;
            }
            isWhole = false;
            return FileVisitResult.TERMINATE;
        }
    }
}
