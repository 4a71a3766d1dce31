package dev.sartor.tune.objective;

import dev.sartor.model.PassSize;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.RecordedPass;
import dev.sartor.tensor.Tensors;
import dev.sartor.tune.TrainingRow;
import java.util.List;
import java.util.function.LongConsumer;

/// The next token, where a row says so: instruction tuning, completion, continued training on plain text. Tokens that all
/// rows of a pass begin with are computed once.
public final class CausalLmObjective implements Objective<TrainingRow> {
    private final Decoder decoder;
    private final Trainable trained;
    private final RecordedPass.Kept kept;
    private final CrossEntropy loss;
    private final boolean shares;

    /// @param shares whether a common beginning is computed once
    public CausalLmObjective(
            Decoder decoder, Trainable trained, RecordedPass.Kept kept, boolean shares) {
        this.decoder = decoder;
        this.trained = trained;
        this.kept = kept;
        this.shares = shares;
        this.loss = new CrossEntropy(decoder.outputStep(trained.adapters()));
    }

    @Override
    public int tokens(TrainingRow row) {
        return row.ids().length;
    }

    @Override
    public String content(TrainingRow row) {
        return row.content();
    }

    @Override
    public long targets(List<TrainingRow> rows) {
        return rows.stream().mapToLong(TrainingRow::targets).sum();
    }

    @Override
    public double backward(List<TrainingRow> rows, long all) {
        return backward(rows, all, _ -> {});
    }

    @Override
    public double backward(List<TrainingRow> rows, long all, LongConsumer completeFrom) {
        var batch = TrainingBatch.of(rows, prefix(rows));
        var pass =
                decoder.recorded(
                        batch.idsTensor(), batch.pass(decoder.type()), trained.adapters(), kept);
        var hidden = pass.hidden();
        var places = Tensors.indices(batch.places());
        var outcome = loss.of(hidden.selected(0, places), batch.targets(), all);
        pass.backward(
                Tensors.zeros(hidden.type(), hidden.shape()).copyAt(0, places, outcome.gradient()),
                completeFrom);
        return outcome.loss();
    }

    @Override
    public List<PassSize> sizes(List<TrainingRow> rows) {
        return List.of(TrainingBatch.of(rows, prefix(rows)).size());
    }

    /// None where the model turns the longest of the rows otherwise than the shortest.
    private int prefix(List<TrainingRow> rows) {
        var lengths = rows.stream().mapToInt(row -> row.ids().length - 1).summaryStatistics();
        return shares && decoder.turnsAlike(lengths.getMin(), lengths.getMax())
                ? TrainingBatch.commonPrefix(rows)
                : 0;
    }
}
