package dev.sartor.benchmarks.labels;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/// Labels of rows, one a line.
final class LabelFile {
    private LabelFile() {}

    static List<String> read(Path file) {
        try {
            var labels = Files.readAllLines(file);
            if (labels.isEmpty()) {
                throw SartorException.user(file + " must hold a label on each line, got none");
            }
            return labels;
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// Of each label its number among the names.
    ///
    /// @param names in order
    static int[] numbers(Path file, List<String> labels, List<String> names) {
        return labels.stream()
                .mapToInt(label -> {
                    int at = Collections.binarySearch(names, label);
                    if (at < 0) {
                        throw SartorException.user(
                                file + " must hold labels that the rows have, got '" + label + "'");
                    }
                    return at;
                })
                .toArray();
    }
}
