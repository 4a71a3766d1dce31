package dev.sartor.data;

import dev.sartor.core.Task;
import java.util.List;
import java.util.Optional;

/// What the rows of a task's data files must hold to.
///
/// @param labels the allowed answers; empty allows any text
/// @param textColumn the input's field where rows are text and label
/// @param labelColumn the label's field there
/// @param unanswerable the reference for a question without an answer; without it such a question is a problem
/// @param groupColumn the field of what rows share, such as a customer; where one row of a file has it, all must
/// @param askerColumn the field of who would ask
/// @param takesMade whether rows may be that a model made; what is measured on is no model's
public record ReadRules(
        List<String> labels,
        String textColumn,
        String labelColumn,
        Optional<String> unanswerable,
        String groupColumn,
        String askerColumn,
        boolean takesMade) {
    /// The field that tells of a row that a model made it.
    public static final String MADE = "made";

    public ReadRules {
        labels = List.copyOf(labels);
    }

    /// With groups in `group` and askers in `asker`.
    public ReadRules(
            List<String> labels,
            String textColumn,
            String labelColumn,
            Optional<String> unanswerable) {
        this(
                labels,
                textColumn,
                labelColumn,
                unanswerable,
                "group",
                "asker",
                /* takesMade= */ true);
    }

    /// Any text is a right answer; columns are `text` and `label`.
    public static ReadRules any() {
        return new ReadRules(List.of(), "text", "label", Optional.empty());
    }

    public static ReadRules of(Task task) {
        return new ReadRules(task.labels(), "text", "label", task.unanswerable());
    }

    public ReadRules withColumns(String text, String label) {
        return new ReadRules(
                labels, text, label, unanswerable, groupColumn, askerColumn, takesMade);
    }

    public ReadRules withGroups(String column) {
        return new ReadRules(
                labels, textColumn, labelColumn, unanswerable, column, askerColumn, takesMade);
    }

    public ReadRules withAskers(String column) {
        return new ReadRules(
                labels, textColumn, labelColumn, unanswerable, groupColumn, column, takesMade);
    }

    /// A row that a model made is a problem.
    public ReadRules withoutMade() {
        return new ReadRules(
                labels,
                textColumn,
                labelColumn,
                unanswerable,
                groupColumn,
                askerColumn,
                /* takesMade= */ false);
    }
}
