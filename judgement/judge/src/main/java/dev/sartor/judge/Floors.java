package dev.sartor.judge;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How far a judge must agree with people to measure anything.
///
/// @param minKappa what the lower end of κ's 95 % interval must reach
/// @param maxPositionBias what the estimate of the position bias may reach, either way: each pair is judged in both orders, which
///     takes most of it out of the scores, so that it shows a gross fault, and few judgements alone refuse no judge by it
public record Floors(double minKappa, double maxPositionBias) {
    /// With fewer pairs nothing is said of a judge.
    public static final int LEAST_PAIRS = 30;

    /// Refuses too few judgements before the judge is asked.
    public static void refuseTooFew(People people, String file) {
        int pairs = people.pairs().size();
        if (pairs < LEAST_PAIRS) {
            throw SartorException.user(
                    String.format(
                            Locale.ROOT,
                            "judge.judgements must hold at least %d pairs of answers, got %d in %s: add %d more.",
                            LEAST_PAIRS,
                            pairs,
                            file,
                            LEAST_PAIRS - pairs));
        }
    }

    /// Why the judge may not measure, a sentence each; none where it may.
    public List<String> refusals(Agreement agreement) {
        var refusals = new ArrayList<String>();
        var kappa = agreement.kappaInterval();
        if (kappa.low() < minKappa) {
            refusals.add(
                    String.format(
                            Locale.ROOT,
                            "Its κ with people is %.2f [%.2f, %.2f] on %d pairs, and judge.min_kappa asks the lower end to be at"
                                    + " least %.2f.",
                            agreement.kappa(),
                            kappa.low(),
                            kappa.high(),
                            agreement.pairs(),
                            minKappa));
        }
        if (Math.abs(agreement.positionBias()) > maxPositionBias) {
            refusals.add(
                    String.format(
                            Locale.ROOT,
                            "Its position bias is %+.2f [%+.2f, %+.2f], and judge.max_position_bias allows %.2f either way.",
                            agreement.positionBias(),
                            agreement.biasInterval().low(),
                            agreement.biasInterval().high(),
                            maxPositionBias));
        }
        if (refusals.isEmpty() && !agreement.isUsable()) {
            refusals.add(
                    "People see a difference in too few of the pairs to tell how far it goes along with them: add judgements with"
                            + " a preference.");
        }
        return refusals;
    }
}
