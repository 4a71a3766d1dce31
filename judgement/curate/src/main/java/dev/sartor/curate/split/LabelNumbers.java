package dev.sartor.curate.split;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Labels as numbers, in the order of their first rows.
///
/// @param ofRows the label of each row, from 0
/// @param names by number
/// @param rows how many each label has
record LabelNumbers(int[] ofRows, List<String> names, int[] rows) {
    static LabelNumbers of(List<String> labels) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        var ofRows = new int[labels.size()];
        for (int row = 0; row < ofRows.length; row++) {
            ofRows[row] = numbers.computeIfAbsent(labels.get(row), _ -> numbers.size());
        }
        var rows = new int[numbers.size()];
        for (int label : ofRows) {
            rows[label]++;
        }
        return new LabelNumbers(ofRows, new ArrayList<>(numbers.keySet()), rows);
    }

    /// One label for all, of a split that is not stratified.
    static LabelNumbers none(int rows) {
        return new LabelNumbers(new int[rows], List.of(""), new int[] {rows});
    }
}
