package dev.sartor.tune.objective;

import dev.sartor.model.EncoderPass;
import dev.sartor.model.PassSize;
import dev.sartor.model.network.EncoderDecoder;
import dev.sartor.model.network.OutputStep;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tune.PairRow;
import java.util.Arrays;
import java.util.List;

/// Every token of what is to be said after a text was read, as T5 is trained (Raffel et al. 2019, section 3.1).
public final class Seq2SeqObjective implements Objective<PairRow> {
    private final EncoderDecoder network;
    private final Trainable trained;
    private final CrossEntropy loss;

    public Seq2SeqObjective(EncoderDecoder network, Trainable trained) {
        this.network = network;
        this.trained = trained;
        this.loss =
                new CrossEntropy(
                        OutputStep.recorded(states -> network.logits(states, trained.adapters())));
    }

    @Override
    public int tokens(PairRow row) {
        return row.source().length + row.target().length;
    }

    @Override
    public String content(PairRow row) {
        return Arrays.toString(row.source()) + ":" + Arrays.toString(row.target());
    }

    @Override
    public long targets(List<PairRow> rows) {
        return rows.stream().mapToLong(row -> row.target().length).sum();
    }

    @Override
    public List<PassSize> sizes(List<PairRow> rows) {
        var read = EncoderPass.plainSize(rows.stream().map(PairRow::source).toList());
        int longest = rows.stream().mapToInt(row -> row.target().length).max().orElseThrow();
        long said = (long) rows.size() * longest;
        return List.of(
                read, new PassSize(0, rows.size(), longest, read.length(), said, targets(rows)));
    }

    /// What is said begins with the start token and is each row's target but its last token, filled up to one length.
    @Override
    public double backward(List<PairRow> rows, long all) {
        int longest = rows.stream().mapToInt(row -> row.target().length).max().orElseThrow();
        var said = new int[rows.size() * longest];
        var places = new int[(int) targets(rows)];
        var targets = new int[places.length];
        int next = 0;
        for (int row = 0; row < rows.size(); row++) {
            var target = rows.get(row).target();
            said[row * longest] = network.startToken();
            System.arraycopy(target, 0, said, row * longest + 1, target.length - 1);
            for (int i = 0; i < target.length; i++) {
                places[next] = row * longest + i;
                targets[next++] = target[i];
            }
        }
        var sources = rows.stream().map(PairRow::source).toList();
        Tensor recorded;
        try (var scope = TensorScope.open();
                var _ = Gradients.recorded();
                var decoding =
                        network.read(
                                EncoderPass.of(sources, network.type()),
                                longest,
                                trained.adapters())) {
            recorded = scope.keep(decoding.step(said, trained.adapters()));
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
