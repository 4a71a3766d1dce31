package dev.sartor.tune.objective;

import dev.sartor.model.EncoderPass;
import dev.sartor.model.PassSize;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.OutputStep;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tune.LabelledRow;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// What an encoder's head tells of each text or pair: its class, or whether it is one.
public final class ClassObjective implements Objective<LabelledRow> {
    private final Encoder encoder;
    private final Trainable trained;
    private final Loss loss;

    /// The sum of the losses of a head's outputs, and the gradient of that sum ÷ all.
    @FunctionalInterface
    private interface Loss {
        CrossEntropy.Outcome of(Tensor outputs, int[] labels, long all);
    }

    private ClassObjective(Encoder encoder, Trainable trained, Loss loss) {
        this.encoder = encoder;
        this.trained = trained;
        this.loss = loss;
    }

    /// One of several classes, an output each.
    public ClassObjective(Encoder encoder, Trainable trained) {
        this(encoder, trained, new CrossEntropy(OutputStep.recorded(UnaryOperator.identity()))::of);
    }

    /// Yes or no, told by the only output.
    public static ClassObjective ofOneOutput(Encoder encoder, Trainable trained) {
        return new ClassObjective(encoder, trained, BinaryCrossEntropy::of);
    }

    @Override
    public int tokens(LabelledRow row) {
        return row.ids().length;
    }

    @Override
    public String content(LabelledRow row) {
        boolean isPair = Arrays.stream(row.types()).anyMatch(type -> type != 0);
        return Arrays.toString(row.ids())
                + (isPair ? Arrays.toString(row.types()) : "")
                + ":"
                + row.label();
    }

    @Override
    public long targets(List<LabelledRow> rows) {
        return rows.size();
    }

    @Override
    public List<PassSize> sizes(List<LabelledRow> rows) {
        return List.of(EncoderPass.size(rows.stream().map(LabelledRow::ids).toList(), rows.size()));
    }

    @Override
    public double backward(List<LabelledRow> rows, long all) {
        var pass =
                EncoderPass.ofPairsInFewShapes(
                        rows.stream().map(LabelledRow::ids).toList(),
                        rows.stream().map(LabelledRow::types).toList(),
                        encoder.type());
        Tensor logits;
        try (var _ = Gradients.recorded()) {
            logits = encoder.classes(pass, trained.adapters());
        }
        var labels = rows.stream().mapToInt(LabelledRow::label).toArray();
        var outcome = loss.of(logits.detached(), labels, all);
        Gradients.backward(logits, outcome.gradient());
        return outcome.loss();
    }
}
