package dev.sartor.model.network;

import dev.sartor.model.Linear;
import dev.sartor.model.layer.Activation;
import dev.sartor.model.layer.LayerNorm;
import dev.sartor.tensor.Tensor;

/// What a sentence encoder does with a pooled vector, in float32.
public sealed interface SentenceStep {
    /// @param vectors [texts, width]
    Tensor forward(Tensor vectors);

    /// The width of what it gives.
    int width();

    /// sentence-transformers' Dense.
    record Projection(Linear linear, Activation activation) implements SentenceStep {
        @Override
        public Tensor forward(Tensor vectors) {
            return activation.forward(linear.product(vectors));
        }

        @Override
        public int width() {
            return (int) linear.weight().out();
        }
    }

    /// sentence-transformers' LayerNorm.
    record Normalisation(LayerNorm norm) implements SentenceStep {
        @Override
        public Tensor forward(Tensor vectors) {
            return norm.forward(vectors);
        }

        @Override
        public int width() {
            return (int) norm.weight().size(0);
        }
    }
}
