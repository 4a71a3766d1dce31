package dev.sartor.tune.objective;

import dev.sartor.model.Adapters;
import dev.sartor.model.PassSize;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.RecordedPass;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tune.PreferenceRow;
import dev.sartor.tune.TrainingRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// Better answers are to become likelier than worse ones, measured from where the model stood before: −log σ(β·((πc − ρc)
/// − (πr − ρr))) with π the log-probability of an answer by the model under training and ρ that by the model without its
/// adapter (Rafailov et al. 2023, equation 7).
public final class DpoObjective implements Objective<PreferenceRow> {
    private final Decoder decoder;
    private final Trainable trained;
    private final RecordedPass.Kept kept;
    private final double beta;
    private final CrossEntropy own;
    private final CrossEntropy before;

    /// @param beta how strongly the model is held to where it stood; 0.1 is usual
    public DpoObjective(Decoder decoder, Trainable trained, RecordedPass.Kept kept, double beta) {
        this.decoder = decoder;
        this.trained = trained;
        this.kept = kept;
        this.beta = beta;
        this.own = new CrossEntropy(decoder.outputStep(trained.adapters()));
        this.before = new CrossEntropy(decoder.outputStep(Adapters.none()));
    }

    @Override
    public int tokens(PreferenceRow row) {
        return row.chosen().ids().length + row.rejected().ids().length;
    }

    @Override
    public String content(PreferenceRow row) {
        return row.chosen().content() + ":" + row.rejected().content();
    }

    @Override
    public long targets(List<PreferenceRow> rows) {
        return rows.size();
    }

    private static List<TrainingRow> texts(List<PreferenceRow> rows) {
        var texts = new ArrayList<>(rows.stream().map(PreferenceRow::chosen).toList());
        rows.forEach(row -> texts.add(row.rejected()));
        return texts;
    }

    @Override
    public List<PassSize> sizes(List<PreferenceRow> rows) {
        return List.of(TrainingBatch.of(texts(rows), 0).size());
    }

    @Override
    public double backward(List<PreferenceRow> rows, long all) {
        return backward(rows, all, _ -> {});
    }

    @Override
    public double backward(List<PreferenceRow> rows, long all, LongConsumer completeFrom) {
        var texts = texts(rows);
        var batch = TrainingBatch.of(texts, 0);
        var at = Tensors.indices(batch.places());
        var reference = sums(texts, reference(batch, at));
        var pass =
                decoder.recorded(
                        batch.idsTensor(), batch.pass(decoder.type()), trained.adapters(), kept);
        var hidden = pass.hidden();
        var states = hidden.selected(0, at);
        var policy = sums(texts, own.logs(states, batch.targets()));
        int count = rows.size();
        var weights = new double[texts.size()];
        double loss = 0;
        for (int i = 0; i < count; i++) {
            double margin =
                    beta
                            * ((policy[i] - reference[i])
                                    - (policy[count + i] - reference[count + i]));
            loss += Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(0, -margin);
            weights[i] = beta / (1 + Math.exp(margin)) / all;
            weights[count + i] = -weights[i];
        }
        var outcome = own.of(states, batch.targets(), perToken(texts, weights));
        pass.backward(
                Tensors.zeros(hidden.type(), hidden.shape()).copyAt(0, at, outcome.gradient()),
                completeFrom);
        return loss;
    }

    private float[] reference(TrainingBatch batch, Tensor at) {
        try (var _ = TensorScope.open()) {
            var hidden =
                    decoder.hidden(batch.idsTensor(), batch.pass(decoder.type()), Adapters.none());
            return before.logs(hidden.selected(0, at), batch.targets());
        }
    }

    /// Over each text's learned tokens.
    private static double[] sums(List<TrainingRow> texts, float[] logs) {
        var sums = new double[texts.size()];
        int at = 0;
        for (int i = 0; i < sums.length; i++) {
            for (int end = at + texts.get(i).targets(); at < end; at++) {
                sums[i] += logs[at];
            }
        }
        return sums;
    }

    private static float[] perToken(List<TrainingRow> texts, double[] weights) {
        var all = new float[texts.stream().mapToInt(TrainingRow::targets).sum()];
        int at = 0;
        for (int i = 0; i < weights.length; i++) {
            for (int end = at + texts.get(i).targets(); at < end; at++) {
                all[at] = (float) weights[i];
            }
        }
        return all;
    }
}
