package dev.sartor.data;

import dev.sartor.core.Example;
import java.util.List;

/// A data file's rows.
///
/// @param format never {@link DataFormat#AUTO} where there are examples
/// @param sha256 the digest of the file's bytes, as they were read
/// @param repeats rows that say again what an earlier row says
/// @param notes what the user should know and nothing is wrong with, one sentence each
public record ReadResult(
        List<Example> examples,
        DataFormat format,
        String sha256,
        Repeats repeats,
        List<String> notes) {
    public ReadResult {
        examples = List.copyOf(examples);
        notes = List.copyOf(notes);
    }
}
