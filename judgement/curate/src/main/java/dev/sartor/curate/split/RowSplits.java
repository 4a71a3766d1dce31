package dev.sartor.curate.split;

import dev.sartor.core.Split;
import java.util.List;
import java.util.stream.IntStream;

/// The split of each row.
///
/// @param ofRows by row number
/// @param gaps labels that a stratified split could not share out, the widest first
/// @param notes sentences on what came out otherwise than asked, such as a large group; for people
public record RowSplits(List<Split> ofRows, List<LabelGap> gaps, List<String> notes) {
    /// How far a label's share in a split may lie from its share of all rows, in percentage points.
    public static final double POINTS = 2;

    public RowSplits {
        ofRows = List.copyOf(ofRows);
        gaps = List.copyOf(gaps);
        notes = List.copyOf(notes);
    }

    /// The numbers of its rows, ascending.
    public int[] rows(Split split) {
        return IntStream.range(0, ofRows.size()).filter(row -> ofRows.get(row) == split).toArray();
    }

    public int count(Split split) {
        return (int) ofRows.stream().filter(each -> each == split).count();
    }
}
