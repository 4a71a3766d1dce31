package dev.sartor.curate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What was done: the recipe, which is also what `recipe.json` holds. The same files, settings and version give the same bytes.
///
/// @param version of Sartor
/// @param rows how many are left
/// @param digest SHA-256 over all that stands before it
public record CleaningReport(
        String version,
        List<Input> inputs,
        List<Done> steps,
        List<Result> results,
        Result removed,
        Result changed,
        long rows,
        List<String> notes,
        String digest) {
    public CleaningReport {
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
        results = List.copyOf(results);
        notes = List.copyOf(notes);
    }

    /// @param isReference whether its rows were compared with alone
    public record Input(
            String file, String sha256, int rows, int unreadable, boolean isReference) {}

    /// One step.
    ///
    /// @param before how many rows there were, references aside
    /// @param reasons of removals, how often each
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Done(
            String step,
            SequencedMap<String, Object> settings,
            @JsonInclude long before,
            @JsonInclude long removed,
            @JsonInclude long changed,
            Map<String, Long> reasons,
            List<String> notes) {}

    /// A file of the result.
    public record Result(String file, String sha256, long rows) {}

    public long read() {
        return inputs.stream()
                .filter(each -> !each.isReference())
                .mapToLong(each -> each.rows() + (long) each.unreadable())
                .sum();
    }

    CleaningReport with(String digested) {
        return new CleaningReport(
                version, inputs, steps, results, removed, changed, rows, notes, digested);
    }
}
