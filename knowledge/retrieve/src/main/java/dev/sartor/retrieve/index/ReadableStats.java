package dev.sartor.retrieve.index;

import dev.sartor.documents.ParseReport;
import dev.sartor.retrieve.text.Analysis;
import java.util.List;
import java.util.SortedMap;

/// What one principal may read of a standing index. Nothing here depends on what he may not.
///
/// @param languages how many passages are in each, where the index asks each for its own; else empty
/// @param failed documents without passages, and why
public record ReadableStats(
        int documents,
        int passages,
        SortedMap<Analysis, Integer> languages,
        List<ParseReport.Unreadable> failed) {
    public ReadableStats {
        failed = List.copyOf(failed);
    }
}
