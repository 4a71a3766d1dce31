package dev.sartor.curate;

import dev.sartor.core.Embedder;
import dev.sartor.core.EntityRecogniser;
import dev.sartor.curate.label.LabelTuner;
import dev.sartor.curate.row.RowColumns;
import dev.sartor.project.curation.CurateSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// What is to be cleaned, and how.
///
/// @param files with rows, or folders
/// @param against files whose rows are compared with and stay: those that equal them are removed from the others
/// @param textField the field of the text; empty for the usual ones
/// @param labelField the field of the label; likewise
/// @param out the folder of the result, which must not hold anything else
/// @param yes whether a label, or more than half of the rows, may go
/// @param keyFile the secret of the set's pseudonyms, made where a step needs it and it is not there
/// @param embedderName named in the recipe where a step goes by vectors
/// @param languages tells a text's language by its code or name, empty where it is not sure; safe for concurrent callers
/// @param embedder opened where a step goes by vectors; the caller closes it
/// @param tuner of the model that judges labels, made where the settings name one
/// @param recogniser of names, opened where the settings name a model for them; the caller closes it
public record CleaningRequest(
        List<Path> files,
        List<Path> against,
        Optional<String> textField,
        Optional<String> labelField,
        CurateSettings settings,
        Path out,
        boolean yes,
        long seed,
        Path keyFile,
        String embedderName,
        Supplier<Embedder> embedder,
        Supplier<EntityRecogniser> recogniser,
        Supplier<LabelTuner> tuner,
        Function<String, Optional<String>> languages) {
    public CleaningRequest {
        files = List.copyOf(files);
        against = List.copyOf(against);
    }

    RowColumns columns() {
        return new RowColumns(textField, labelField);
    }
}
