package dev.sartor.evaluate;

import dev.sartor.core.Example;
import java.util.List;
import java.util.Optional;

/// One candidate's answer to one example, with what would have been right.
///
/// @param id the example's
/// @param references the preferred one first; never empty
/// @param group the example's, such as a customer; empty where it is on its own
public record Prediction(
        String id, String answer, List<String> references, Optional<String> group) {
    public Prediction {
        references = List.copyOf(references);
        if (references.isEmpty()) {
            throw new IllegalArgumentException("a prediction needs a reference: " + id);
        }
    }

    /// Of an example on its own.
    public Prediction(String id, String answer, List<String> references) {
        this(id, answer, references, Optional.empty());
    }

    public static Prediction of(Example example, String answer) {
        return new Prediction(example.id(), answer, example.references(), example.group());
    }

    /// The preferred right answer.
    public String reference() {
        return references.getFirst();
    }
}
