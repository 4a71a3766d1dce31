package dev.sartor.model.network;

import dev.sartor.model.Linear;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// From states to logits, and the gradient back. Used for one chunk of rows at a time: what goes back belongs to the
/// logits that were made last. For the engine's thread.
public interface OutputStep {
    /// @param states [rows, width]
    /// @return [rows, classes], contiguous, which the caller may overwrite
    Tensor logits(Tensor states);

    /// Adds the gradients of what is trained in the head.
    ///
    /// @param gradient with respect to the logits
    /// @return with respect to the states: [rows, width]
    Tensor back(Tensor gradient);

    /// Through recorded operators.
    static OutputStep recorded(UnaryOperator<Tensor> head) {
        return new RecordedOutput(head);
    }

    /// A frozen head as it is.
    static OutputStep frozen(Linear head) {
        return new OutputStep() {
            @Override
            public Tensor logits(Tensor states) {
                return head.product(states);
            }

            @Override
            public Tensor back(Tensor gradient) {
                return head.weight().back(gradient);
            }
        };
    }

    /// Keeps the graph between the two.
    final class RecordedOutput implements OutputStep {
        private final UnaryOperator<Tensor> head;
        private Optional<Tensor> leaf = Optional.empty();
        private Optional<Tensor> recorded = Optional.empty();

        private RecordedOutput(UnaryOperator<Tensor> head) {
            this.head = head;
        }

        @Override
        public Tensor logits(Tensor states) {
            var input = Gradients.requireGrad(states.detached());
            try (var _ = Gradients.recorded()) {
                leaf = Optional.of(input);
                recorded = Optional.of(head.apply(input));
            }
            return recorded.get().detached();
        }

        @Override
        public Tensor back(Tensor gradient) {
            Gradients.backward(recorded.orElseThrow(), gradient);
            return Gradients.of(leaf.orElseThrow());
        }
    }
}
