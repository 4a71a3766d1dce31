package dev.sartor.curate.mix;

import dev.sartor.curate.curve.LinearScore;
import dev.sartor.curate.label.LabelledVectors;
import dev.sartor.curate.label.Strength;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Labelled sets: a logistic regression on the embedder's vectors. A row's loss is the negative logarithm of its label's
/// probability; its score is 1 where it is answered rightly, else 0.
///
/// @param labelled the sets to mix; all here have the same labels
/// @param rows of each training
/// @param strength the inverse C of the penalty's strength
public record LabelTrial(
        List<LabelledVectors> labelled,
        LabelledVectors validation,
        LabelledVectors tests,
        int rows,
        double strength)
        implements MixtureTrial {
    public LabelTrial {
        labelled = List.copyOf(labelled);
    }

    @Override
    public int sets() {
        return labelled.size();
    }

    @Override
    public double loss(double[] shares, Random random) {
        var model = Strength.fit(mixed(shares, random), strength);
        var each =
                IntStream.range(0, validation.count())
                        .parallel()
                        .mapToDouble(i ->
                                -model.logProbabilities(validation.vectors().get(i))[
                                        validation.labels()[i]])
                        .toArray();
        return Arrays.stream(each).sum() / each.length;
    }

    @Override
    public double[] scores(double[] shares, Random random) {
        var right = LinearScore.right(mixed(shares, random), tests, strength);
        return IntStream.range(0, right.length).mapToDouble(i -> right[i] ? 1 : 0).toArray();
    }

    private LabelledVectors mixed(double[] shares, Random random) {
        var vectors = new ArrayList<float[]>();
        var labels = new ArrayList<Integer>();
        for (int i = 0; i < shares.length; i++) {
            var set = labelled.get(i);
            for (int row : Draw.of(set.count(), (int) Math.round(shares[i] * rows), random)) {
                vectors.add(set.vectors().get(row));
                labels.add(set.labels()[row]);
            }
        }
        return new LabelledVectors(
                vectors,
                labels.stream().mapToInt(Integer::intValue).toArray(),
                validation.classes());
    }
}
