package dev.sartor.worth;

import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.Pool;
import dev.sartor.evaluate.statistics.Resampling;
import dev.sartor.project.setting.ValueSettings.Input;

/// What each answer of a candidate brings, person's answers paid and machines not, and how far its mean would lie with other test
/// examples.
final class AnswerMoney {
    private AnswerMoney() {}

    /// One figure for each test example.
    private static double[] of(Contender contender, Terms terms) {
        double right = terms.brings(1, 0);
        double wrong = terms.brings(0, 1);
        double left = terms.bringsAbstained().orElse(0.0) - terms.at(Input.PERSON_PER_ANSWER);
        return contender.outcomes().stream()
                .mapToDouble(each ->
                        switch (each) {
                            case RIGHT -> right;
                            case WRONG -> wrong;
                            case LEFT -> left;
                        })
                .toArray();
    }

    /// How far below and above its mean the 95 % interval of the mean reaches (percentile bootstrap). Every candidate meets the
    /// same samples.
    static Interval around(Contender contender, Terms terms) {
        return around(of(contender, terms));
    }

    /// The same for the first less the second, on the same examples.
    static Interval around(Contender first, Contender second, Terms terms) {
        var differences = of(first, terms);
        var others = of(second, terms);
        for (int i = 0; i < differences.length; i++) {
            differences[i] -= others[i];
        }
        return around(differences);
    }

    private static Interval around(double[] money) {
        var pool = Pool.meanOf(money);
        double mean = pool.over(Pool.range(0, money.length));
        var interval = Resampling.bootstrap(money.length, pool::over, Resampling.seeded());
        return new Interval(interval.low() - mean, interval.high() - mean);
    }
}
