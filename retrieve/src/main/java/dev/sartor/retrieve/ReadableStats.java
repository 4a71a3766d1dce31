package dev.sartor.retrieve;

import dev.sartor.documents.ParseReport;

import java.util.List;

/// What one principal may read of a standing index. Nothing here depends on what he may not.
///
/// @param failed documents without passages, and why
public record ReadableStats(int documents, int passages, List<ParseReport.Unreadable> failed) {
    public ReadableStats {
        failed = List.copyOf(failed);
    }
}
