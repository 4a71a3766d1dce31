package dev.sartor.curate;

import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.row.RowColumns;
import java.nio.file.Path;
import java.util.Optional;

/// How rows are read that are looked at and written elsewhere.
///
/// @param textField the field of the text; empty for the usual ones
/// @param labelField the field of the label; likewise
/// @param work a folder for the rows while they are worked on; the caller removes it
public record RowSource(
        Optional<String> textField,
        Optional<String> labelField,
        Path work,
        Progress progress,
        Cancellation cancellation) {
    RowColumns columns() {
        return new RowColumns(textField, labelField);
    }
}
