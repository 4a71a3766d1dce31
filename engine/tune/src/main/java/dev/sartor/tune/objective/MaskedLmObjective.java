package dev.sartor.tune.objective;

import dev.sartor.model.EncoderPass;
import dev.sartor.model.PassSize;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.OutputStep;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import dev.sartor.tune.MaskedLmMasking;
import dev.sartor.tune.MaskedRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Hidden words, guessed by an encoder from the whole text (Devlin et al. 2018, section 3.1).
public final class MaskedLmObjective implements Objective<MaskedRow> {
    private final Encoder encoder;
    private final Trainable trained;
    private final Optional<MaskedLmMasking> masking;
    private final CrossEntropy loss;

    /// @param masking draws other words to hide in each epoch; empty where rows say which
    public MaskedLmObjective(
            Encoder encoder, Trainable trained, Optional<MaskedLmMasking> masking) {
        this.encoder = encoder;
        this.trained = trained;
        this.masking = masking;
        this.loss =
                new CrossEntropy(
                        OutputStep.recorded(states -> encoder.wordsOf(states, trained.adapters())));
    }

    @Override
    public int tokens(MaskedRow row) {
        return row.ids().length;
    }

    @Override
    public String content(MaskedRow row) {
        return Arrays.toString(row.ids()) + ":" + Arrays.toString(row.seen()) + row.learned();
    }

    @Override
    public long targets(List<MaskedRow> rows) {
        return rows.stream().mapToLong(row -> row.learned().cardinality()).sum();
    }

    @Override
    public MaskedRow drawn(MaskedRow row, RandomGenerator random) {
        return masking.map(each -> each.drawn(row, random)).orElse(row);
    }

    @Override
    public List<PassSize> sizes(List<MaskedRow> rows) {
        return List.of(
                EncoderPass.size(rows.stream().map(MaskedRow::seen).toList(), targets(rows)));
    }

    @Override
    public double backward(List<MaskedRow> rows, long all) {
        if (targets(rows) == 0) {
            return 0;
        }
        var pass =
                EncoderPass.inFewShapes(
                        rows.stream().map(MaskedRow::seen).toList(), encoder.type());
        Tensor recorded;
        try (var _ = Gradients.recorded()) {
            recorded = encoder.hidden(pass, trained.adapters());
        }
        var places = new int[(int) targets(rows)];
        var targets = new int[places.length];
        int next = 0;
        int first = 0;
        for (var row : rows) {
            for (int place : row.learned().stream().toArray()) {
                places[next] = first + place;
                targets[next++] = row.ids()[place];
            }
            first += row.ids().length;
        }
        var hidden = recorded.detached();
        var at = Tensors.indices(places);
        var outcome = loss.of(hidden.selected(0, at), targets, all);
        Gradients.backward(
                recorded,
                Tensors.zeros(hidden.type(), hidden.shape()).copyAt(0, at, outcome.gradient()));
        return outcome.loss();
    }
}
