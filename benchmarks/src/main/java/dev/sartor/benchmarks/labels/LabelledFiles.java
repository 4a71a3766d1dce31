package dev.sartor.benchmarks.labels;

import dev.sartor.curate.label.LabelledVectors;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// Rows as a file of vectors and one of labels.
final class LabelledFiles {
    @Option(
            names = "--vectors",
            required = true,
            paramLabel = "FILE",
            description =
                    "32-bit numbers, little-endian, one row after another, as `sartor bench embed --vectors-out` writes them.")
    Path vectors = Path.of("");

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "FILE",
            description = "A label on each line.")
    Path labels = Path.of("");

    /// The different labels, in order.
    List<String> names() {
        return LabelFile.read(labels).stream().distinct().sorted().toList();
    }

    LabelledVectors rows() {
        return rows(vectors, labels, names());
    }

    /// @param names of the labels, in order
    static LabelledVectors rows(Path vectors, Path labels, List<String> names) {
        var given = LabelFile.read(labels);
        return new LabelledVectors(
                VectorFile.read(vectors, given.size()),
                LabelFile.numbers(labels, given, names),
                names.size());
    }
}
