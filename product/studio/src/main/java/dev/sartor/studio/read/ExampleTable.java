package dev.sartor.studio.read;

import dev.sartor.compare.approach.RunFolder;
import dev.sartor.compare.run.StoredAnswer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every test example of a task with every candidate's answer, held as columns. The examples are those of the first candidate; one that
/// another candidate did not answer has no answer there. Immutable.
public final class ExampleTable {
    private static final int NOT_ANSWERED = -1;

    private final List<Column> columns;
    private final float[] disagreement;
    private final float[] mean;

    /// A candidate's answers.
    ///
    /// @param run its folder
    /// @param at where each example of the table stands in its column, or -1
    private record Column(String candidate, Path run, AnswerColumn answers, int[] at) {}

    /// An answer as the table shows it.
    ///
    /// @param text its beginning
    public record Said(String candidate, String text, double score) {}

    private ExampleTable(List<Column> columns) {
        this.columns = columns;
        int rows = columns.isEmpty() ? 0 : columns.getFirst().at().length;
        this.disagreement = new float[rows];
        this.mean = new float[rows];
        for (int row = 0; row < rows; row++) {
            spread(row);
        }
    }

    /// @param runs the folders of finished runs, by their candidates' names
    static ExampleTable of(Map<String, Path> runs, AnswerColumns read) {
        var columns = new ArrayList<Column>();
        for (var each : runs.entrySet()) {
            var answers = read.column(each.getValue(), columns.isEmpty());
            var first = columns.isEmpty() ? answers : columns.getFirst().answers();
            columns.add(
                    new Column(each.getKey(), each.getValue(), answers, places(first, answers)));
        }
        return new ExampleTable(List.copyOf(columns));
    }

    private static int[] places(AnswerColumn first, AnswerColumn answers) {
        var at = new int[first.ids().size()];
        for (int row = 0; row < at.length; row++) {
            var id = first.ids().get(row);
            boolean isSame = row < answers.ids().size() && answers.ids().get(row).equals(id);
            at[row] = isSame ? row : answers.rows().getOrDefault(id, NOT_ANSWERED);
        }
        return at;
    }

    private void spread(int row) {
        int count = 0;
        double sum = 0;
        double squares = 0;
        for (int column = 0; column < columns.size(); column++) {
            int at = columns.get(column).at()[row];
            if (at != NOT_ANSWERED) {
                double score = columns.get(column).answers().scores()[at];
                count++;
                sum += score;
                squares += score * score;
            }
        }
        mean[row] = count == 0 ? 0 : (float) (sum / count);
        disagreement[row] =
                count == 0 ? 0 : (float) Math.max(0, squares / count - mean[row] * mean[row]);
    }

    public int rows() {
        return mean.length;
    }

    public List<String> candidates() {
        return columns.stream().map(Column::candidate).toList();
    }

    /// The id of the run that a candidate's answers are of.
    public String run(int column) {
        return String.valueOf(columns.get(column).run().getFileName());
    }

    public String id(int row) {
        return first().ids().get(row);
    }

    public String question(int row) {
        return first().texts().questions().get(row);
    }

    public String reference(int row) {
        return first().texts().references().get(row);
    }

    private AnswerColumn first() {
        return columns.getFirst().answers();
    }

    /// The variance of the candidates' scores: 0 where all score the same, 0.25 at most.
    public double disagreement(int row) {
        return disagreement[row];
    }

    /// The mean of the candidates' scores.
    double mean(int row) {
        return mean[row];
    }

    /// Whether any text is kept by its beginning alone.
    public boolean isCut() {
        return columns.stream().anyMatch(each -> each.answers().texts().cut() > 0);
    }

    /// @param column a candidate's place among {@link #candidates}
    /// @return empty where it did not answer
    public Optional<Said> said(int row, int column) {
        var each = columns.get(column);
        int at = each.at()[row];
        return at == NOT_ANSWERED
                ? Optional.empty()
                : Optional.of(
                        new Said(
                                each.candidate(),
                                each.answers().answers().get(at),
                                each.answers().scores()[at]));
    }

    /// The example of an id.
    public Optional<Integer> row(String id) {
        return columns.isEmpty() ? Optional.empty() : Optional.ofNullable(first().rows().get(id));
    }

    /// Everything that was kept of an answer, read from its run.
    ///
    /// @param column a candidate's place
    /// @return empty where it did not answer
    public Optional<StoredAnswer> whole(int row, int column) {
        var each = columns.get(column);
        int at = each.at()[row];
        return at == NOT_ANSWERED
                ? Optional.empty()
                : Optional.of(
                        new RunFolder(each.run())
                                .storedAnswers()
                                .at(each.answers().places().get(at)));
    }

    /// How often a candidate said what, of the examples with each right answer.
    ///
    /// @return counts by the right answer, and by what was said
    public Map<String, Map<String, Integer>> confusion(int column) {
        var counts = new LinkedHashMap<String, Map<String, Integer>>();
        for (int row = 0; row < rows(); row++) {
            var right = reference(row);
            said(row, column)
                    .ifPresent(said ->
                            counts.computeIfAbsent(right, _ -> new LinkedHashMap<>())
                                    .merge(said.text(), 1, Integer::sum));
        }
        return counts;
    }
}
