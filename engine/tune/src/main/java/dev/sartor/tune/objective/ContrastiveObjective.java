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
import java.util.Optional;
import java.util.stream.IntStream;

/// Texts that mean the same are to be near each other: each anchor's positive is to be told from the positives and
/// negatives of the whole batch, by the cosine times a scale (Henderson et al. 2017, section 4.4; sentence-transformers'
/// MultipleNegativesRankingLoss). Positives of the anchor's own group are left out of those that it is told from.
public final class ContrastiveObjective implements Objective<SimilarRow> {
    private static final double SCALE = 20;

    /// Added to a score, it leaves nothing of it after the softmax.
    private static final float LEFT_OUT = -1e4f;

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
                + row.negative().map(Arrays::hashCode)
                + (row.group().isPresent() ? ":" + row.group().getAsInt() : "");
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
            var cosines = anchors.matmul(others.transposed(0, 1)).times(SCALE);
            var told = kin(rows, texts.size() - count).map(cosines::plus).orElse(cosines);
            var logs = told.logSoftmax(-1);
            var own = Tensors.indices(IntStream.range(0, count).toArray()).view(count, 1);
            var loss = logs.gathered(1, own).sum().negated();
            Gradients.backward(loss, Tensors.full(1.0 / all, DType.F32));
            return loss.item();
        }
    }

    /// What leaves out the positives of each anchor's own group but its own; empty where no row has a group.
    private static Optional<Tensor> kin(List<SimilarRow> rows, int others) {
        if (rows.stream().allMatch(row -> row.group().isEmpty())) {
            return Optional.empty();
        }
        var mask = new float[rows.size() * others];
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < rows.size(); j++) {
                boolean isKin =
                        i != j
                                && rows.get(i).group().isPresent()
                                && rows.get(i).group().equals(rows.get(j).group());
                mask[i * others + j] = isKin ? LEFT_OUT : 0;
            }
        }
        return Optional.of(Tensors.of(mask, rows.size(), others));
    }

    /// Each vector at length 1.
    private static Tensor unit(Tensor vectors) {
        var lengths = vectors.times(vectors).sum(1).plus(1e-24).sqrt().withDimension(1);
        return Tensors.quotient(vectors, lengths);
    }
}
