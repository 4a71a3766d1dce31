package dev.sartor.retrieve.index;

import dev.sartor.retrieve.search.DocumentState;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// How many of an index's documents everyone may read, and how many nobody.
///
/// @param documents those with passages
public record ReaderCounts(int documents, int everyone, int nobody) {
    static ReaderCounts of(Collection<DocumentState> states) {
        int documents = 0;
        int everyone = 0;
        int nobody = 0;
        for (var state : states) {
            if (state.hasFailed()) {
                continue;
            }
            var readers = state.readers();
            documents++;
            everyone += readers.isEveryone() ? 1 : 0;
            nobody += readers.clauses().stream().anyMatch(clause -> clause.isEmpty()) ? 1 : 0;
        }
        return new ReaderCounts(documents, everyone, nobody);
    }

    /// One line.
    public String said() {
        return String.format(Locale.ROOT, "readable by everyone: %d of %d", everyone, documents)
                + (nobody == 0 ? "" : ", by nobody: " + nobody);
    }

    /// What makes more of them readable; empty where each has a reader.
    public Optional<String> next() {
        return nobody == 0
                ? Optional.empty()
                : Optional.of(
                        "Run `sartor index` again with --public, so that everyone may read what no rule"
                                + " is about, or with --access MANIFEST, which names who may read"
                                + " what.");
    }
}
