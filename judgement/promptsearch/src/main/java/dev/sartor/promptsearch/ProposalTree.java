package dev.sartor.promptsearch;

import dev.sartor.compare.run.RunJson;
import dev.sartor.core.file.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// All proposals of a search, a line each in `proposals.jsonl`, written anew after each.
final class ProposalTree {
    private static final String FILE = "proposals.jsonl";

    private final Path file;
    private final List<Proposal> proposals = new ArrayList<>();

    /// @param folder of the search
    ProposalTree(Path folder) {
        this.file = folder.resolve(FILE);
    }

    /// The number of the next one.
    int next() {
        return proposals.size();
    }

    void add(Proposal proposal) {
        proposals.add(proposal);
        AtomicFile.write(file, RunJson.lines(proposals));
    }

    List<Proposal> all() {
        return List.copyOf(proposals);
    }
}
