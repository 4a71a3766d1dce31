package dev.sartor.benchmarks.labels;

import dev.sartor.curate.label.LabelledVectors;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// Training and test rows as files of vectors and labels.
final class BenchedRows {
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

    @Option(
            names = "--test-vectors",
            required = true,
            paramLabel = "FILE",
            description = "Vectors of test rows.")
    Path testVectors = Path.of("");

    @Option(
            names = "--test-labels",
            required = true,
            paramLabel = "FILE",
            description = "Their labels, which training rows have, too.")
    Path testLabels = Path.of("");

    @Option(names = "--json", description = "Print the figures as JSON.")
    boolean json;

    private List<String> names() {
        return LabelFile.read(labels).stream().distinct().sorted().toList();
    }

    LabelledVectors train() {
        return rows(vectors, labels);
    }

    LabelledVectors test() {
        return rows(testVectors, testLabels);
    }

    private LabelledVectors rows(Path file, Path theirs) {
        var names = names();
        var given = LabelFile.read(theirs);
        return new LabelledVectors(
                VectorFile.read(file, given.size()),
                LabelFile.numbers(theirs, given, names),
                names.size());
    }
}
