package dev.sartor.judge;

import dev.sartor.data.Judgement.Preferred;
import dev.sartor.evaluate.statistics.CohenKappa;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.Proportions;
import dev.sartor.evaluate.statistics.Resampling;
import dev.sartor.evaluate.statistics.RoganGladen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How far a judge agrees with people, and with itself. Intervals are of 95 %.
///
/// @param pairs of answers, each judged in both orders
/// @param judgements of people, of whom several may have judged a pair
/// @param contradicted pairs of which people said different things
/// @param kappa Cohen's, of what both orders say together and what people say, over first, second and tie
/// @param positionBias how much more often the answer that was shown first won than the one shown second, −1 to 1
/// @param steadiness retest agreement: the share of pairs of which the judge says the same when it is asked again in the other order
/// @param agreements of the pairs in which people prefer an answer what the judge says, −1 to 1, positive where it prefers the same
///     one
/// @param unreadable replies that named none of the choices
/// @param cut pairs that the judge did not see whole
public record Agreement(
        int pairs,
        int judgements,
        int contradicted,
        double kappa,
        Interval kappaInterval,
        double positionBias,
        Interval biasInterval,
        double steadiness,
        Interval steadinessInterval,
        List<Double> agreements,
        int unreadable,
        int cut) {
    private static final int CATEGORIES = 3;
    private static final Interval BOTH_WAYS = new Interval(-1, 1);

    public Agreement {
        agreements = List.copyOf(agreements);
    }

    /// Of people's judgements, for which the judge is asked where it has not been.
    public static Agreement of(PairJudge judge, People people) {
        return of(people, judge.judge(people.pairs()), judge.cut(people.pairs()));
    }

    /// @param verdicts in the order of the pairs
    public static Agreement of(People people, List<PairVerdict> verdicts, int cut) {
        int n = verdicts.size();
        var theirs = new int[n];
        var its = new int[n];
        var bias = new double[n];
        for (int i = 0; i < n; i++) {
            theirs[i] = category(people.preferred().get(i));
            its[i] = category(verdicts.get(i).preferred());
            bias[i] = verdicts.get(i).towardsFirstShown();
        }
        var kappa = new CohenKappa(theirs, its, CATEGORIES);
        int steady = (int) verdicts.stream().filter(PairVerdict::isSteady).count();
        return new Agreement(
                n,
                people.judgements(),
                people.contradicted(),
                kappa.value(),
                kappa.interval(Resampling.seeded()),
                Arrays.stream(bias).average().orElseThrow(),
                RoganGladen.none().interval(bias, Interval.USUAL_ERROR, BOTH_WAYS),
                (double) steady / n,
                Proportions.wilson(steady, n),
                agreements(people, verdicts),
                verdicts.stream().mapToInt(PairVerdict::unreadable).sum(),
                cut);
    }

    /// What takes the judge's errors out, without the rest.
    ///
    /// @param verdicts in the order of the pairs, of which people see a difference in one at least
    public static RoganGladen correction(People people, List<PairVerdict> verdicts) {
        return new RoganGladen(
                agreements(people, verdicts).stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static int category(Preferred preferred) {
        return 1 + preferred.sign();
    }

    private static List<Double> agreements(People people, List<PairVerdict> verdicts) {
        var agreements = new ArrayList<Double>();
        for (int i = 0; i < verdicts.size(); i++) {
            var preferred = people.preferred().get(i);
            if (preferred != Preferred.TIE) {
                agreements.add(preferred.sign() * verdicts.get(i).sign());
            }
        }
        return agreements;
    }

    boolean isUsable() {
        return !agreements.isEmpty() && correction().isUsable(Interval.USUAL_ERROR);
    }

    /// Takes the judge's errors out of what it measured.
    public RoganGladen correction() {
        return new RoganGladen(agreements.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
