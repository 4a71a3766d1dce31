package dev.sartor.benchmarks.labels;

import dev.sartor.curate.label.LabelledVectors;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Training and test rows as files of vectors and labels.
final class BenchedRows {
    @Mixin LabelledFiles known = new LabelledFiles();

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

    LabelledVectors train() {
        return known.rows();
    }

    LabelledVectors test() {
        return LabelledFiles.rows(testVectors, testLabels, known.names());
    }
}
