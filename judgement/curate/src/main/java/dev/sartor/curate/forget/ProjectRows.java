package dev.sartor.curate.forget;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files of rows of a project: those that it names, and JSONL and CSV files in its folder, but for its runs and documents.
///
/// @param plain files that somebody wrote, or that no record says how they were made
/// @param made files of sets that `sartor data` made of others
public record ProjectRows(SequencedSet<Path> plain, SequencedMap<Path, MadeSet> made) {
    private static final Set<String> ENDINGS = Set.of("jsonl", "ndjson", "csv", "tsv");
    private static final String RUNS = "runs";

    /// @param project its folder
    /// @param named by the project, wherever they are
    /// @param documents where the project's documents are, which are no rows
    public static ProjectRows of(Path project, List<Path> named, Optional<Path> documents) {
        var walk = new Walk(project, documents.map(each -> each.toAbsolutePath().normalize()));
        try {
            Files.walkFileTree(project, walk);
        } catch (IOException e) {
            throw SartorException.missing("cannot list " + project + ": " + e.getMessage(), e);
        }
        for (var file : named) {
            var path = file.toAbsolutePath().normalize();
            if (Files.exists(path) && !walk.made.containsKey(path)) {
                walk.plain.add(path);
            }
        }
        return new ProjectRows(walk.plain, walk.made);
    }

    public List<Path> all() {
        var all = new ArrayList<>(plain);
        all.addAll(made.keySet());
        return all;
    }

    public Set<MadeSet> sets() {
        return new LinkedHashSet<>(made.values());
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final SequencedSet<Path> plain = new LinkedHashSet<>();
        private final SequencedMap<Path, MadeSet> made = new LinkedHashMap<>();
        private final List<MadeSet> within = new ArrayList<>();
        private final Path project;
        private final Optional<Path> documents;

        Walk(Path project, Optional<Path> documents) {
            this.project = project;
            this.documents = documents;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            var name = String.valueOf(folder.getFileName());
            boolean isOther =
                    name.startsWith(".")
                            || folder.equals(project.resolve(RUNS))
                            || documents.filter(folder::equals).isPresent();
            if (isOther && !folder.equals(project)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (!folder.equals(project) && MadeSet.isAt(folder)) {
                within.add(new MadeSet(folder));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
                throws IOException {
            within.removeIf(each -> each.folder().equals(folder));
            return super.postVisitDirectory(folder, e);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            var name = String.valueOf(file.getFileName());
            boolean hasRows =
                    attributes.isRegularFile()
                            && !name.equals(ForgottenRows.FILE)
                            && !name.startsWith(".")
                            && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
            if (!hasRows) {
                return FileVisitResult.CONTINUE;
            }
            if (within.isEmpty()) {
                plain.add(file);
            } else if (within.getLast().holdsRows(file)) {
                made.put(file, within.getLast());
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
