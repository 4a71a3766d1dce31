package dev.sartor.spark;

import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import java.io.Serializable;

/// A model as each executor opens it.
///
/// @param name as `sartor models` knows it, or a folder that is there on every machine
/// @param held how its weights are held
/// @param use what it is for; a licence that does not allow it is refused
public record UsedModel(String name, Precision held, Use use) implements Serializable {
    /// In fp32, so that a row's result does not depend on the rows beside it; for commercial use, which every licence that is
    /// not restricted allows.
    public static UsedModel of(String name) {
        return new UsedModel(name, Precision.F32, Use.COMMERCIAL);
    }

    public UsedModel heldIn(Precision other) {
        return new UsedModel(name, other, use);
    }

    public UsedModel usedFor(Use other) {
        return new UsedModel(name, held, other);
    }
}
