package dev.sartor.tune;

/// A linear warm-up to the peak, then half a cosine down to zero, as transformers' `cosine` schedule.
///
/// @param steps of the whole training
/// @param warmup steps of the rise
record Schedule(double peak, int steps, int warmup) {
    static Schedule of(TuneSettings settings, int steps) {
        return new Schedule(
                settings.learningRate(), steps, (int) Math.ceil(settings.warmup() * steps));
    }

    /// @param step from 0
    double rateAt(int step) {
        if (step < warmup) {
            return peak * step / warmup;
        }
        double along = (double) (step - warmup) / Math.max(1, steps - warmup);
        return peak * 0.5 * (1 + Math.cos(Math.PI * along));
    }
}
