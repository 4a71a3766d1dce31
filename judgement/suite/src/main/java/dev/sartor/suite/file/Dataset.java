package dev.sartor.suite.file;

import java.util.List;

/// Where a task's rows come from.
///
/// @param repository on the Hugging Face hub, with the configuration where it has several, such as `allenai/ai2_arc (ARC-Easy)`
/// @param evaluated the split that is measured
/// @param examples the split that few-shot examples come from
/// @param fields that each row must have; one within a structure with a dot
public record Dataset(String repository, String evaluated, String examples, List<String> fields) {
    public Dataset {
        fields = List.copyOf(fields);
    }

    /// What the rows should be.
    String advice() {
        return "take the split '"
                + evaluated
                + "' of "
                + repository
                + ", whose fields are "
                + String.join(", ", fields)
                + ".";
    }
}
