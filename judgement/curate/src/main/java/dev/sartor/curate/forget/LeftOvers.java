package dev.sartor.curate.forget;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.HtmlText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Files of a project in which a text stands that was to go: as it is, or as JSON or HTML write it. A compressed file shows none.
public final class LeftOvers extends SimpleFileVisitor<Path> {
    /// More texts would take longer to look for than they tell.
    private static final int MOST_TEXTS = 50;

    private static final long LARGEST = 32L << 20;

    /// What a cleaning works in until it ends; its files are not text.
    private static final String WORK = ".work";

    private final Path project;
    private final Set<String> texts = new HashSet<>();
    private final List<String> found = new ArrayList<>();

    private LeftOvers(Path project, List<String> parts) {
        this.project = project;
        for (var part : parts.subList(0, Math.min(parts.size(), MOST_TEXTS))) {
            var json = Json.line(part);
            texts.add(part);
            texts.add(json.substring(1, json.length() - 1));
            texts.add(HtmlText.escaped(part));
        }
    }

    /// @param parts the longest first
    /// @return paths from the project's folder
    public static List<String> of(Path project, List<String> parts) {
        if (parts.isEmpty()) {
            return List.of();
        }
        var search = new LeftOvers(project, parts);
        try {
            Files.walkFileTree(project, search);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + project + ": " + e.getMessage(), e);
        }
        search.found.sort(null);
        return search.found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        var name = String.valueOf(folder.getFileName());
        if (name.equals(WORK)) {
            found.add(place(folder));
        }
        return name.equals(WORK) || name.equals(".git")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile() && attributes.size() <= LARGEST) {
            var content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            if (texts.stream().anyMatch(content::contains)) {
                found.add(place(file));
            }
        }
        return FileVisitResult.CONTINUE;
    }

    private String place(Path path) {
        return project.relativize(path).toString().replace('\\', '/');
    }
}
