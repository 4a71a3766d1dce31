package dev.sartor.tune.objective;

import dev.sartor.model.PassSize;
import dev.sartor.model.file.SentenceEncoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tune.SimilarRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Texts that mean the same are to be near each other: each anchor's positive is to be told from the positives and
/// negatives of the whole batch, by the cosine times a scale (Henderson et al. 2017, section 4.4; sentence-transformers'
/// MultipleNegativesRankingLoss).
public final class ContrastiveObjective implements Objective<SimilarRow> {
    private static final double SCALE = 20;

    private final SentenceEncoder encoder;
    private final Trainable trained;

    public ContrastiveObjective(SentenceEncoder encoder, Trainable trained) {
        this.encoder = encoder;
        this.trained = trained;
    }

    @Override
    public int tokens(SimilarRow row) {
        return row.anchor().length
                + row.positive().length
                + row.negative().map(negative -> negative.length).orElse(0);
    }

    @Override
    public String content(SimilarRow row) {
        return Arrays.toString(row.anchor())
                + ":"
                + Arrays.toString(row.positive())
                + ":"
                + row.negative().map(Arrays::hashCode);
    }

    @Override
    public long targets(List<SimilarRow> rows) {
        return rows.size();
    }

    /// A row is told from all others of its step.
    @Override
    public boolean divides() {
        return false;
    }

    private static List<int[]> texts(List<SimilarRow> rows) {
        var texts = new ArrayList<>(rows.stream().map(SimilarRow::anchor).toList());
        rows.forEach(row -> texts.add(row.positive()));
        rows.forEach(row -> row.negative().ifPresent(texts::add));
        return texts;
    }

    @Override
    public List<PassSize> sizes(List<SimilarRow> rows) {
        return List.of(encoder.size(texts(rows)));
    }

    @Override
    public double backward(List<SimilarRow> rows, long all) {
        var texts = texts(rows);
        int count = rows.size();
        try (var _ = TensorScope.open();
                var _ = Gradients.recorded()) {
            var vectors = unit(encoder.embedded(texts, 0, trained.adapters()));
            var anchors = vectors.slice(0, 0, count);
            var others = vectors.slice(0, count, texts.size() - count);
            var logs = anchors.matmul(others.transposed(0, 1)).times(SCALE).logSoftmax(-1);
            var own = Tensors.indices(IntStream.range(0, count).toArray()).view(count, 1);
            var loss = logs.gathered(1, own).sum().negated();
            Gradients.backward(loss, Tensors.full(1.0 / all, DType.F32));
            return loss.item();
        }
    }

    /// Each vector at length 1.
    private static Tensor unit(Tensor vectors) {
        var lengths = vectors.times(vectors).sum(1).plus(1e-24).sqrt().withDimension(1);
        return Tensors.quotient(vectors, lengths);
    }
}
