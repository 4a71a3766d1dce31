package dev.sartor.cli;

import dev.sartor.retrieve.Finding;
import dev.sartor.retrieve.SearchMode;
import java.util.List;
import java.util.Optional;

/// What `sartor search` looks into.
interface SearchPlace {
    /// @param k passages at most
    /// @param mode empty for the usual one
    /// @param likeness what a passage loses for being like one above it, 0 to 1
    /// @param joined whether passages that follow one another are shown as one
    record How(int k, Optional<SearchMode> mode, double likeness, boolean joined) {}

    /// @return for each question its passages, best first
    List<List<Finding>> search(List<String> questions, How how);
}
