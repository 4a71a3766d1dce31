package dev.sartor.curate.split;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What cannot be divided: the rows of a group, of a cluster, or of several that share rows. A row of neither is a unit of its own.
///
/// @param ofRows the unit of each row; units count from 0, in the order of their first rows
/// @param sizes the rows of each unit
/// @param firsts the first row of each unit
record Units(int[] ofRows, int[] sizes, int[] firsts) {
    static Units of(SplitRows rows) {
        var sets = new UnionFind(rows.count());
        for (var column : rows.groups()) {
            var seen = new HashMap<String, Integer>();
            for (int row = 0; row < rows.count(); row++) {
                if (!column.get(row).isEmpty()) {
                    merge(sets, seen, column.get(row), row);
                }
            }
        }
        for (var clusters : rows.clusters()) {
            var seen = new HashMap<Integer, Integer>();
            for (int row = 0; row < rows.count(); row++) {
                if (clusters[row] >= 0) {
                    merge(sets, seen, clusters[row], row);
                }
            }
        }
        return numbered(sets, rows.count());
    }

    private static <K> void merge(UnionFind sets, Map<K, Integer> seen, K key, int row) {
        var first = seen.putIfAbsent(key, row);
        if (first != null) {
            sets.merge(first, row);
        }
    }

    private static Units numbered(UnionFind sets, int count) {
        var numbers = new int[count];
        Arrays.fill(numbers, -1);
        var ofRows = new int[count];
        var sizes = new int[count];
        var firsts = new int[count];
        int units = 0;
        for (int row = 0; row < count; row++) {
            int root = sets.find(row);
            if (numbers[root] < 0) {
                firsts[units] = row;
                numbers[root] = units++;
            }
            ofRows[row] = numbers[root];
            sizes[ofRows[row]]++;
        }
        return new Units(ofRows, Arrays.copyOf(sizes, units), Arrays.copyOf(firsts, units));
    }

    int count() {
        return sizes.length;
    }

    boolean areSingleRows() {
        return sizes.length == ofRows.length;
    }

    int largest() {
        int largest = 0;
        for (int unit = 1; unit < sizes.length; unit++) {
            largest = sizes[unit] > sizes[largest] ? unit : largest;
        }
        return largest;
    }

    /// How a message names a unit: by the groups of its first row, or by that row.
    String name(int unit, SplitRows rows) {
        var groups =
                rows.groups().stream()
                        .map(column -> column.get(firsts[unit]))
                        .filter(value -> !value.isEmpty())
                        .map(Units::shortened)
                        .toList();
        return groups.isEmpty()
                ? "the near-duplicates of row " + (firsts[unit] + 1)
                : (groups.size() == 1 ? "group " : "groups ")
                        + String.join(", ", groups)
                        + (reaches(unit, rows) ? " with what shares rows with it" : "");
    }

    /// Whether a unit holds more than the group of its first row.
    private boolean reaches(int unit, SplitRows rows) {
        for (var column : rows.groups()) {
            var value = column.get(firsts[unit]);
            for (int row = 0; row < ofRows.length; row++) {
                if (ofRows[row] == unit && !column.get(row).equals(value)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String shortened(String value) {
        return "'" + (value.length() <= 40 ? value : value.substring(0, 40) + "…") + "'";
    }

    /// The label counts of each unit: parallel lists of labels and of rows.
    ///
    /// @param labels of each row, from 0
    LabelCounts labelCounts(int[] labels) {
        var counts = new HashMap<Long, Integer>();
        for (int row = 0; row < labels.length; row++) {
            counts.merge(((long) ofRows[row] << 32) | labels[row], 1, Integer::sum);
        }
        var each = new int[count()];
        counts.keySet().forEach(key -> each[(int) (key >>> 32)]++);
        var found = new int[count()][];
        var rows = new int[count()][];
        for (int unit = 0; unit < count(); unit++) {
            found[unit] = new int[each[unit]];
            rows[unit] = new int[each[unit]];
        }
        var keys = counts.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        var at = new int[count()];
        for (long key : keys) {
            int unit = (int) (key >>> 32);
            found[unit][at[unit]] = (int) key;
            rows[unit][at[unit]++] = counts.getOrDefault(key, 0);
        }
        return new LabelCounts(found, rows);
    }

    /// @param labels of each unit, ascending
    /// @param rows of each of those labels
    record LabelCounts(int[][] labels, int[][] rows) {}

    /// The rows of some units' numbers, for a list of splits by unit.
    <T> List<T> spread(T[] ofUnits) {
        return Arrays.stream(ofRows).mapToObj(unit -> ofUnits[unit]).toList();
    }
}
