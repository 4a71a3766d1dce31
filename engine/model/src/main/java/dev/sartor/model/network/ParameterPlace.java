package dev.sartor.model.network;

import dev.sartor.model.Embedding;
import dev.sartor.model.Linear;
import dev.sartor.tensor.Tensor;

/// One of a network's own parameters, which an adapter can replace.
public sealed interface ParameterPlace {
    /// A part's matrix [out, in].
    record Weight(Linear linear, int part) implements ParameterPlace {}

    /// A part's bias [out].
    record Bias(Linear linear, int part) implements ParameterPlace {}

    /// [vocabulary, width]
    record Table(Embedding embedding) implements ParameterPlace {}

    default long[] shape() {
        return switch (this) {
            case Weight(var linear, var part) ->
                    new long[] {linear.parts().get(part).out(), linear.in()};
            case Bias(var linear, var part) -> new long[] {linear.parts().get(part).out()};
            case Table(var embedding) ->
                    new long[] {embedding.table().entries(), embedding.table().width()};
        };
    }

    /// What the network has there.
    default Tensor own() {
        return switch (this) {
            case Weight(var linear, var part) -> rows(linear.weight().dense(), linear, part);
            case Bias(var linear, var part) -> rows(linear.bias().orElseThrow(), linear, part);
            case Table(var embedding) -> embedding.values();
        };
    }

    /// A part's rows of what all parts of a linear have.
    static Tensor rows(Tensor whole, Linear linear, int part) {
        int row = linear.parts().stream().limit(part).mapToInt(Linear.Part::out).sum();
        return whole.slice(0, row, linear.parts().get(part).out());
    }
}
