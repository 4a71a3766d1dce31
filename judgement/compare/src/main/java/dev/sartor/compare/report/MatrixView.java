package dev.sartor.compare.report;

import dev.sartor.compare.run.Figures;
import dev.sartor.compare.verdict.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The confusion matrix of the candidate that the verdict names.
///
/// @param labels the columns; the last one stands for answers that are no label, where there are any
record MatrixView(String candidate, List<String> labels, List<Row> rows) {
    /// @param precision the share of the answers with this label that is right, as shown; `–` where there are none
    /// @param recall the share of the examples with this label that is answered so
    record Row(String label, List<Cell> cells, String precision, String recall) {}

    /// @param share of the row's examples, 0 to 1
    record Cell(int count, double share, boolean isRight) {}

    static Optional<MatrixView> of(TaskResult task) {
        var candidate = task.candidate(task.verdict().candidate());
        return task.confusion(candidate)
                .map(matrix -> {
                    boolean hasErrors = matrix.formatErrors() > 0;
                    var columns = new ArrayList<>(matrix.labels());
                    if (hasErrors) {
                        columns.add("no label");
                    }
                    var rows = new ArrayList<Row>();
                    for (int i = 0; i < matrix.labels().size(); i++) {
                        var counts = new ArrayList<>(matrix.counts().get(i));
                        if (hasErrors) {
                            counts.add(matrix.noLabel().get(i));
                        }
                        var label = matrix.perLabel().get(i);
                        rows.add(
                                new Row(
                                        label.label(),
                                        cells(counts, i),
                                        shown(label.precision()),
                                        shown(label.recall())));
                    }
                    return new MatrixView(candidate.name(), columns, rows);
                });
    }

    private static String shown(Optional<Double> share) {
        return share.map(Figures::percent).orElse("–");
    }

    private static List<Cell> cells(List<Integer> counts, int right) {
        int sum = counts.stream().mapToInt(Integer::intValue).sum();
        var cells = new ArrayList<Cell>();
        for (int i = 0; i < counts.size(); i++) {
            cells.add(
                    new Cell(
                            counts.get(i),
                            sum == 0 ? 0 : (double) counts.get(i) / sum,
                            i == right));
        }
        return cells;
    }
}
