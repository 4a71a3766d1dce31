package dev.sartor.tune;

import dev.sartor.core.Problems;

/// How the learning rate goes over a training: up to the peak in a straight line, then as the shape says.
///
/// Step i of the w that rise, from 1, has the rate peak · i / w: the first has peak / w, the last the peak. Transformers'
/// schedules, which are the same afterwards, have peak · (i − 1) / w, so that their first step learns nothing.
///
/// @param learningRate the peak
/// @param warmup the share of all steps in which the rate rises
/// @param decay the share of all steps in which it falls at the end; of {@link Shape#WARMUP_STABLE_DECAY} alone
public record TuneSchedule(Shape shape, double learningRate, double warmup, double decay) {
    /// The shapes of transformers' optimization.py.
    public enum Shape {
        /// Half a cosine down to 0.
        COSINE,
        /// A straight line down to 0.
        LINEAR,
        /// The peak to the end.
        CONSTANT,
        /// The peak, then a straight line down to 0 in the last steps (Hu et al. 2024, MiniCPM, section 4.2).
        WARMUP_STABLE_DECAY
    }

    public TuneSchedule {
        Problems.refuseUnless(
                learningRate > 0 && learningRate < 1,
                "tune.learning_rate",
                "more than 0 and less than 1",
                learningRate,
                "1e-3 suits small models, 2e-4 large ones");
        Problems.refuseUnless(
                warmup >= 0 && warmup < 1,
                "tune.warmup",
                "0 to 1",
                warmup,
                "0.1 is the usual choice");
        Problems.refuseUnless(
                decay >= 0 && warmup + decay <= 1,
                "tune.decay",
                "0 to 1 − warmup",
                decay,
                "0.2 is the usual choice");
    }

    public static TuneSchedule cosine(double learningRate, double warmup) {
        return new TuneSchedule(Shape.COSINE, learningRate, warmup, 0);
    }

    public static TuneSchedule constant(double learningRate) {
        return new TuneSchedule(Shape.CONSTANT, learningRate, 0, 0);
    }

    public TuneSchedule withLearningRate(double changed) {
        return new TuneSchedule(shape, changed, warmup, decay);
    }

    /// @param step from 0
    /// @param steps of the whole training
    public double rateAt(int step, int steps) {
        int rising = (int) Math.ceil(warmup * steps);
        if (step < rising) {
            return learningRate * (step + 1) / rising;
        }
        double along = (double) (step - rising) / Math.max(1, steps - rising);
        return learningRate
                * switch (shape) {
                    case COSINE -> 0.5 * (1 + Math.cos(Math.PI * along));
                    case LINEAR -> Math.max(0, 1 - along);
                    case CONSTANT -> 1;
                    case WARMUP_STABLE_DECAY -> falling(step, steps);
                };
    }

    private double falling(int step, int steps) {
        int last = (int) Math.ceil(decay * steps);
        return last == 0 ? 1 : Math.min(1, (double) (steps - step) / last);
    }
}
