package dev.sartor.tune.trainer;

import dev.sartor.core.Problems;
import java.util.ArrayList;
import java.util.List;

/// Successive halving (Jamieson & Talwalkar 2016): all trials are trained for a small share of their steps, the best of
/// them for a larger one, and one or a few to the end.
///
/// @param rungs the share of steps and how many trials are trained to it
public record Halving(List<Rung> rungs) {
    /// Of the trials on a rung so many go on to the next.
    private static final int KEPT_OF = 4;

    /// @param share of a whole training's steps, over 0 and at most 1
    public record Rung(double share, int trials) {
        /// Where it lies in a training of so many steps: at its first step at least.
        public int step(int steps) {
            return Halving.step(share, steps);
        }
    }

    public Halving {
        rungs = List.copyOf(rungs);
    }

    /// Rungs for a number of trials that cost as much as `trainings` whole trainings: at the lowest all are trained to
    /// the same share, each higher one has a quarter of the trials.
    ///
    /// @throws dev.sartor.core.SartorException a user's error when so many trials cannot be afforded
    public static Halving of(int trials, double trainings) {
        Problems.refuseUnless(
                trials >= 2, "tune.search.trials", "at least 2", trials, "16 suits most spaces");
        Problems.refuseUnless(
                trainings >= 1 && trainings <= trials,
                "tune.search.budget",
                "1 to the number of trials (" + trials + ")",
                trainings,
                "a quarter of the trials is usual");
        var counts = new ArrayList<Integer>();
        for (int count = trials; count > 1; count = Math.max(1, count / KEPT_OF)) {
            counts.add(count);
        }
        counts.add(1);
        double lowest = lowest(counts, trainings);
        var rungs = new ArrayList<Rung>();
        for (int i = 0; i < counts.size(); i++) {
            rungs.add(new Rung(share(lowest, i, counts.size()), counts.get(i)));
        }
        return new Halving(rungs);
    }

    static int step(double share, int steps) {
        return Math.clamp((int) Math.ceil(share * steps - 1e-9), 1, steps);
    }

    /// From the lowest share in equal factors to 1.
    private static double share(double lowest, int rung, int rungs) {
        return Math.pow(lowest, 1 - (double) rung / (rungs - 1));
    }

    private static double lowest(List<Integer> counts, double trainings) {
        double low = 1e-4;
        double high = 1;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (cost(counts, middle) > trainings) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    private static double cost(List<Integer> counts, double lowest) {
        double sum = 0;
        double before = 0;
        for (int i = 0; i < counts.size(); i++) {
            double share = share(lowest, i, counts.size());
            sum += counts.get(i) * (share - before);
            before = share;
        }
        return sum;
    }

    /// What all rungs cost, in whole trainings.
    public double cost() {
        double sum = 0;
        double before = 0;
        for (var rung : rungs) {
            sum += rung.trials() * (rung.share() - before);
            before = rung.share();
        }
        return sum;
    }
}
