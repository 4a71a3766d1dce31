package dev.sartor.cli;

import dev.sartor.core.Problems;
import dev.sartor.retrieve.RetrievalSettings;
import dev.sartor.retrieve.SearchMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Indexes to answer from, and how.
final class IndexOptions {
    @Option(
            names = "--index",
            paramLabel = "INDEX",
            description =
                    "With --model: answer from what the one who asks may read in this index, which `sartor index` made. May be repeated.")
    List<Path> indexes = List.of();

    @Option(
            names = "--passages",
            paramLabel = "N",
            description =
                    "How many of an index's passages to put before a question at most (default: ${DEFAULT-VALUE}).")
    int passages = 3;

    @Option(
            names = "--not-known",
            paramLabel = "TEXT",
            description =
                    "What is said where an index holds nothing for a question (default: \"${DEFAULT-VALUE}\").")
    String notKnown = "I don't know.";

    @Option(
            names = "--least-nearness",
            paramLabel = "COSINE",
            description =
                    "How near the nearest passage must be to a question for the model to be asked, -1 to 1 (default: whatever is found is near enough).")
    Optional<Double> leastNearness = Optional.empty();

    @Option(
            names = "--drop-injections",
            description =
                    "Leave out passages of an index that look like an instruction to the model.")
    boolean dropInjections;

    /// @throws dev.sartor.core.SartorException a user's error
    void check() {
        Problems.refuseUnless(
                passages >= 1 && passages <= 50, "--passages", "1 to 50", passages, "3");
        double least = leastNearness.orElse(0.0);
        Problems.refuseUnless(
                least >= -1 && least <= 1,
                "--least-nearness",
                "-1 to 1",
                least,
                "questions that the documents answer have some 0.3 to 0.8");
        Problems.refuseUnless(
                !notKnown.isBlank(), "--not-known", "a text", notKnown, "I don't know.");
    }

    RetrievalSettings settings() {
        return new RetrievalSettings(passages, SearchMode.HYBRID, dropInjections);
    }
}
