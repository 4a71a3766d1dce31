package dev.sartor.evaluate.statistics;

/// Takes the errors of a judge out of a mean of its verdicts, and carries them into the interval. The judge says −1, 0 or 1 of two
/// answers (or something between, as the mean over both orders), where people say −1, 0 or 1. Where it errs alike whichever of the
/// two is the better, the mean of what it says is the mean of what people would say times a factor: how far it goes along with
/// people where they see a difference. That is the estimator of Rogan and Gladen (1978) for three verdicts of which two mirror each
/// other: the factor is sensitivity + specificity − 1. The interval of the quotient of two means, both of them estimated, is
/// Fieller's (1954), with Student's quantile for the smaller of the two samples.
public final class RoganGladen {
    private final Means factor;

    /// @param agreements for each pair of which people prefer one answer what the judge says of it, −1 to 1, taken positive where it
    ///     prefers the same one; at least one
    public RoganGladen(double[] agreements) {
        this.factor = Means.of(agreements);
    }

    /// What a judge without errors needs: nothing. The interval is Student's then.
    public static RoganGladen none() {
        return new RoganGladen(new double[] {1});
    }

    /// How far the judge goes along with people, −1 to 1; 1 where it never errs.
    public double factor() {
        return factor.value();
    }

    /// Whether the judge is shown to go along with people at all. Otherwise no interval ends anywhere.
    ///
    /// @param error two-sided
    public boolean isUsable(double error) {
        return factor.value() > 0 && slack(quantile(factor.count(), error)) > 0;
    }

    /// The mean of what people would say of the same answers, by what the judge says of them.
    ///
    /// @param range what that mean can be, which the result does not leave
    public double corrected(double[] said, Interval range) {
        return Math.clamp(Means.of(said).value() / factor.value(), range.low(), range.high());
    }

    /// Its interval; the whole range where a single answer was judged, and where the judge is not shown to be usable.
    ///
    /// @param error two-sided: 0.05 gives the 95 % interval
    public Interval interval(double[] said, double error, Interval range) {
        var mean = Means.of(said);
        double q = quantile(Math.min(smallest(), mean.count()), error);
        double slack = slack(q);
        if (mean.count() == 1 || slack <= 0 || factor.value() <= 0) {
            return range;
        }
        double product = mean.value() * factor.value();
        double free = mean.value() * mean.value() - q * q * mean.variance();
        double reach = Math.sqrt(Math.max(0, product * product - slack * free));
        return new Interval(
                Math.clamp((product - reach) / slack, range.low(), range.high()),
                Math.clamp((product + reach) / slack, range.low(), range.high()));
    }

    /// A factor that is known has no part in choosing the quantile.
    private int smallest() {
        return factor.variance() == 0 ? Integer.MAX_VALUE : factor.count();
    }

    private double slack(double q) {
        return factor.value() * factor.value() - q * q * factor.variance();
    }

    private static double quantile(int count, double error) {
        return Means.quantile(Math.max(2, count), error);
    }
}
