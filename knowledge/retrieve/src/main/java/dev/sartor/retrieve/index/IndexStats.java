package dev.sartor.retrieve.index;

import dev.sartor.documents.ParseReport;
import dev.sartor.retrieve.text.Analysis;
import java.util.List;
import java.util.SortedMap;

/// What a standing index holds, for whoever keeps it.
///
/// @param with what it was made with
/// @param dimension of the vectors; 0 where there are none
/// @param overlong passages that are longer, with their heading, than the embedder reads
/// @param languages how many passages are in each, where the index asks each for its own; else empty
/// @param rules how many different access rules there are
/// @param readers how many documents everyone may read, and how many nobody
/// @param bytes on disk
public record IndexStats(
        int generation,
        IndexedWith with,
        int documents,
        int passages,
        int dimension,
        int overlong,
        SortedMap<Analysis, Integer> languages,
        int rules,
        ReaderCounts readers,
        List<ParseReport.Unreadable> failed,
        long bytes) {
    public IndexStats {
        failed = List.copyOf(failed);
    }

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
}
