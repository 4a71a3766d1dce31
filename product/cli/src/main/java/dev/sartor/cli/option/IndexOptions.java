package dev.sartor.cli.option;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.ground.RetrievalSettings;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Indexes to answer from, and how.
public final class IndexOptions {
    private static final int USUAL_PASSAGES = 3;
    private static final String USUAL_WORDS = "I don't know.";

    @Option(
            names = "--index",
            paramLabel = "INDEX",
            description =
                    "With --model: answer from what the one who asks may read in this index, which `sartor index` made. May be repeated.")
    public List<String> indexes = List.of();

    @Option(
            names = "--passages",
            paramLabel = "N",
            description =
                    "How many of an index's passages to put before a question at most (default: "
                            + USUAL_PASSAGES
                            + ").")
    public Optional<Integer> passages = Optional.empty();

    @Option(
            names = "--not-known",
            paramLabel = "TEXT",
            description =
                    "What is said where an index holds nothing for a question (default: \""
                            + USUAL_WORDS
                            + "\").")
    Optional<String> notKnown = Optional.empty();

    @Option(
            names = "--least-nearness",
            paramLabel = "COSINE",
            description =
                    "How near the nearest passage must be to a question for the model to be asked, -1 to 1 (default: whatever is found is near enough).")
    public Optional<Double> leastNearness = Optional.empty();

    @Option(
            names = "--drop-injections",
            description =
                    "Leave out all passages of an index that look like an instruction to the model; those of documents that are not curated are left out anyway.")
    boolean dropInjections;

    /// @param hasModel whether one was named that may answer from them
    /// @throws SartorException a user's error
    public void check(boolean hasModel) {
        if (!hasModel && !indexes.isEmpty()) {
            throw SartorException.user(
                    "--index needs the model that answers from it: name it with --model.");
        }
        boolean saysHow =
                passages.isPresent()
                        || notKnown.isPresent()
                        || leastNearness.isPresent()
                        || dropInjections;
        if (indexes.isEmpty() && saysHow) {
            throw SartorException.user(
                    "--passages, --not-known, --least-nearness and --drop-injections say how an --index is"
                            + " answered from: name the index, or leave them out.");
        }
        int most = passages.orElse(USUAL_PASSAGES);
        Problems.refuseUnless(
                most >= 1 && most <= 50,
                "--passages",
                "1 to 50",
                most,
                USUAL_PASSAGES + " is usual");
        double least = leastNearness.orElse(0.0);
        Problems.refuseUnless(
                least >= -1 && least <= 1,
                "--least-nearness",
                "-1 to 1",
                least,
                "questions that the documents answer have some 0.3 to 0.8");
        Problems.refuseUnless(
                !notKnown().isBlank(), "--not-known", "a text", notKnown(), USUAL_WORDS);
    }

    public String notKnown() {
        return notKnown.orElse(USUAL_WORDS);
    }

    public RetrievalSettings settings() {
        return new RetrievalSettings(
                passages.orElse(USUAL_PASSAGES), SearchMode.HYBRID, dropInjections);
    }
}
