package dev.sartor.curate.label;

import java.util.List;

/// What is said of all labels.
///
/// @param rows one for each row, in their order
/// @param expectedWrong how many labels are expected to be wrong in all, of those that are judged
/// @param strength the inverse C of the penalty of the logistic regression that judged
/// @param leftOut rows that are not judged, as no other row has their label
public record LabelFindings(
        List<LabelFinding> rows, int expectedWrong, double strength, List<Integer> leftOut) {
    public LabelFindings {
        rows = List.copyOf(rows);
        leftOut = List.copyOf(leftOut);
    }

    /// How many labels are taken to be wrong.
    public int suspected() {
        return (int) rows.stream().filter(LabelFinding::suspected).count();
    }
}
