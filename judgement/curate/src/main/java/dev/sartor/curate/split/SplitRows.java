package dev.sartor.curate.split;

import dev.sartor.core.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a split knows of the rows. Row numbers count from 0.
///
/// @param labels of each row, where the split is stratified by them
/// @param groups columns of which rows with an equal value stay together; an empty value belongs to no group
/// @param clusters such as of near-duplicates, of which rows with an equal number stay together; a negative number belongs to none
/// @param times of each row, where the latest are the test: numbers, or ISO 8601 dates
public record SplitRows(
        int count,
        Optional<List<String>> labels,
        List<List<String>> groups,
        List<int[]> clusters,
        Optional<List<String>> times) {
    public SplitRows {
        Problems.refuseUnless(count >= 2, "rows", "at least 2", count, "one row cannot be split");
        labels = labels.map(List::copyOf);
        groups = groups.stream().map(List::copyOf).toList();
        clusters = List.copyOf(clusters);
        times = times.map(List::copyOf);
        int rows = count;
        labels.ifPresent(each -> requireOfEach("stratify", each.size(), rows));
        groups.forEach(each -> requireOfEach("group", each.size(), rows));
        clusters.forEach(each -> requireOfEach("clusters", each.length, rows));
        times.ifPresent(each -> requireOfEach("time", each.size(), rows));
    }

    private static void requireOfEach(String setting, int size, int rows) {
        Problems.refuseUnless(
                size == rows,
                setting,
                "one value for each of the " + rows + " rows",
                size,
                "an empty value does for a row that has none");
    }

    public static SplitRows of(int count) {
        return new SplitRows(count, Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    public SplitRows stratified(List<String> byLabels) {
        return new SplitRows(count, Optional.of(byLabels), groups, clusters, times);
    }

    /// May be called for several columns: a row then stays with the rows of each.
    public SplitRows grouped(List<String> byGroups) {
        var all = new ArrayList<>(groups);
        all.add(byGroups);
        return new SplitRows(count, labels, all, clusters, times);
    }

    public SplitRows clustered(int[] byClusters) {
        var all = new ArrayList<>(clusters);
        all.add(byClusters);
        return new SplitRows(count, labels, groups, all, times);
    }

    public SplitRows timed(List<String> byTimes) {
        return new SplitRows(count, labels, groups, clusters, Optional.of(byTimes));
    }
}
