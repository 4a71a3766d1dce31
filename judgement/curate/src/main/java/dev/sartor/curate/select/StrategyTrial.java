package dev.sartor.curate.select;

import dev.sartor.core.Problems;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Which strategy brings the most, tried on rows that are labelled already: a third of them is held out, a third of the others is
/// taken as labelled, and each strategy chooses more in four steps; its mean accuracy on the held-out rows after each is its score.
///
/// @param scores of each strategy, the mean over steps and repetitions, 0 to 1; the best first, of equals the earlier tried
public record StrategyTrial(List<Scored> scores) {
    /// Fewer say nothing of a strategy.
    public static final int FEWEST_LABELLED = 60;

    private static final int STEPS = 4;

    public StrategyTrial {
        scores = List.copyOf(scores);
    }

    public record Scored(Strategy strategy, double accuracy) {}

    /// The one to go on with.
    public Strategy best() {
        return scores.getFirst().strategy();
    }

    /// @param tried the strategies, {@link Strategy#RANDOM} among them if it may win
    /// @param repetitions over which the scores are averaged, each with another draw
    public static StrategyTrial of(
            LabelPool pool, List<Strategy> tried, int repetitions, long seed, Progress progress) {
        int labelled = pool.labelled().length;
        Problems.refuseUnless(
                labelled >= FEWEST_LABELLED,
                "labelled rows",
                "at least " + FEWEST_LABELLED + " for a choice between strategies",
                labelled,
                "name a strategy; typical is for the first labels");
        var sums = new double[tried.size()];
        try (var step =
                progress.begin("trying strategies", (long) repetitions * tried.size(), "trials")) {
            for (int i = 0; i < repetitions; i++) {
                var one = new Repetition(pool, seed + i);
                for (int s = 0; s < sums.length; s++) {
                    sums[s] += one.score(tried.get(s)) / repetitions;
                    step.advance(1);
                }
            }
        }
        var scores = new ArrayList<Scored>();
        for (int s = 0; s < sums.length; s++) {
            scores.add(new Scored(tried.get(s), sums[s]));
        }
        scores.sort((a, b) -> Double.compare(b.accuracy(), a.accuracy()));
        return new StrategyTrial(scores);
    }

    /// One draw of held-out and first rows.
    private static final class Repetition {
        private final LabelPool learned;
        private final int[] right;
        private final List<float[]> heldOut;
        private final int[] heldLabels;
        private final int[] first;
        private final long seed;

        Repetition(LabelPool pool, long seed) {
            this.seed = seed;
            var labelled = pool.labelled();
            var none = new int[labelled.length];
            Arrays.fill(none, LabelPool.NONE);
            var vectors = Arrays.stream(labelled).mapToObj(pool.vectors()::get).toList();
            var order =
                    NextRows.choose(
                            new LabelPool(vectors, none, pool.classes()),
                            labelled.length,
                            Strategy.RANDOM,
                            seed,
                            Progress.silent());
            int held = labelled.length / 3;
            var kept = Arrays.copyOfRange(order, held, order.length);
            this.heldOut = Arrays.stream(order).limit(held).mapToObj(vectors::get).toList();
            this.heldLabels =
                    Arrays.stream(order).limit(held).map(i -> pool.labels()[labelled[i]]).toArray();
            this.right = Arrays.stream(kept).map(i -> pool.labels()[labelled[i]]).toArray();
            this.learned =
                    new LabelPool(
                            Arrays.stream(kept).mapToObj(vectors::get).toList(),
                            Arrays.copyOf(none, kept.length),
                            pool.classes());
            this.first = IntStream.range(0, Math.max(2, kept.length / 3)).toArray();
        }

        double score(Strategy strategy) {
            var known = first;
            double sum = 0;
            int each = Math.max(1, (right.length - first.length) / (STEPS + 1));
            for (int step = 0; step < STEPS; step++) {
                var now = labelledOnly(known);
                var usable = now.known() >= 2 ? strategy : Strategy.RANDOM;
                var more = NextRows.choose(now, each, usable, seed + step, Progress.silent());
                known = IntStream.concat(Arrays.stream(known), Arrays.stream(more)).toArray();
                sum += accuracy(labelledOnly(known));
            }
            return sum / STEPS;
        }

        private LabelPool labelledOnly(int[] rows) {
            return learned.withOnly(rows, Arrays.stream(rows).map(row -> right[row]).toArray());
        }

        private double accuracy(LabelPool known) {
            if (known.known() < 2) {
                return 0;
            }
            var classifier = new PoolClassifier(known);
            long hits =
                    IntStream.range(0, heldLabels.length)
                            .parallel()
                            .filter(i -> classifier.label(heldOut.get(i)) == heldLabels[i])
                            .count();
            return (double) hits / heldLabels.length;
        }
    }
}
