package dev.sartor.project.yaml;

import dev.sartor.core.Problems;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/// What is wrong with one file, by line. The same problem met twice (a section that several tasks inherit) counts once.
public final class FileProblems {
    private record Found(int line, String what) {}

    private final String file;
    private final Set<Found> found = new HashSet<>();

    public FileProblems(String file) {
        this.file = file;
    }

    /// @param line from 1
    public void add(int line, String what) {
        found.add(new Found(line, what));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// Throws all of them as one user's error, in the order of their lines.
    public void throwIfAny() {
        var problems = new Problems();
        found.stream()
                .sorted(Comparator.comparingInt(Found::line).thenComparing(Found::what))
                .forEach(each -> problems.add(file + ":" + each.line(), each.what()));
        problems.throwIfAny();
    }
}
