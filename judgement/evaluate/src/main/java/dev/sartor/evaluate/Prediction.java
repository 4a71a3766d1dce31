package dev.sartor.evaluate;

import dev.sartor.core.Example;
import java.util.List;

/// One candidate's answer to one example, with what would have been right.
///
/// @param id the example's
/// @param references the preferred one first; never empty
public record Prediction(String id, String answer, List<String> references) {
    public Prediction {
        references = List.copyOf(references);
        if (references.isEmpty()) {
            throw new IllegalArgumentException("a prediction needs a reference: " + id);
        }
    }

    public static Prediction of(Example example, String answer) {
        return new Prediction(example.id(), answer, example.references());
    }

    /// The preferred right answer.
    public String reference() {
        return references.getFirst();
    }
}
