package dev.sartor.benchmarks.judge;

import dev.sartor.data.Judgement.Preferred;
import dev.sartor.judge.PairVerdict;
import java.util.List;
import java.util.random.RandomGenerator;

/// A judge whose errors are known: with the probability of its bias it takes whatever is shown first; otherwise, with that of its
/// noise, one of the three choices by chance; otherwise it says what people say.
///
/// @param bias 0 to 1: how much more often the first shown wins than the second
/// @param noise 0 to 1
record SimulatedJudge(double bias, double noise) {
    private static final List<Preferred> CHOICES = List.of(Preferred.values());

    PairVerdict verdict(Preferred truth, RandomGenerator random) {
        return new PairVerdict(
                reply(truth, Preferred.FIRST, random), reply(truth, Preferred.SECOND, random), 0);
    }

    private Preferred reply(Preferred truth, Preferred shownFirst, RandomGenerator random) {
        if (random.nextDouble() < bias) {
            return shownFirst;
        }
        return random.nextDouble() < noise ? CHOICES.get(random.nextInt(CHOICES.size())) : truth;
    }

    private double chance(Preferred said, Preferred truth, Preferred shownFirst) {
        double unbiased = (said == truth ? 1 - noise : 0) + noise / CHOICES.size();
        return (said == shownFirst ? bias : 0) + (1 - bias) * unbiased;
    }

    /// κ of both orders together with people, over all pairs there could be.
    double kappa(Outcomes outcomes) {
        var joint = new double[CHOICES.size()][CHOICES.size()];
        for (var truth : CHOICES) {
            for (var one : CHOICES) {
                for (var other : CHOICES) {
                    var said = new PairVerdict(one, other, 0).preferred();
                    joint[1 + truth.sign()][1 + said.sign()] +=
                            outcomes.chance(truth)
                                    * chance(one, truth, Preferred.FIRST)
                                    * chance(other, truth, Preferred.SECOND);
                }
            }
        }
        double agreed = 0;
        double expected = 0;
        for (int i = 0; i < CHOICES.size(); i++) {
            agreed += joint[i][i];
            double theirs = 0;
            double its = 0;
            for (int j = 0; j < CHOICES.size(); j++) {
                theirs += joint[i][j];
                its += joint[j][i];
            }
            expected += theirs * its;
        }
        return (agreed - expected) / (1 - expected);
    }
}
