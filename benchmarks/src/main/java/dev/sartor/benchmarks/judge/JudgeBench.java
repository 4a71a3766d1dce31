package dev.sartor.benchmarks.judge;

import dev.sartor.data.Judgement.Preferred;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.RoganGladen;
import dev.sartor.judge.Agreement;
import dev.sartor.judge.AnswerPair;
import dev.sartor.judge.Floors;
import dev.sartor.judge.JudgedScores;
import dev.sartor.judge.PairVerdict;
import dev.sartor.judge.People;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// How often intervals hold the truth where it is known, and how often judges of known quality are refused.
final class JudgeBench {
    /// Of the pairs that people judged: arbitrary answers, of which neither is the better on the mean.
    static final Outcomes JUDGED = new Outcomes(0.4, 0.2);

    private static final Interval SCORES = new Interval(0, 1);

    /// Of two candidates so often the same is said; otherwise each has its own outcome.
    private static final double ALIKE = 0.5;

    private final int simulations;
    private final long seed;

    JudgeBench(int simulations, long seed) {
        this.simulations = simulations;
        this.seed = seed;
    }

    /// Shares of the simulations.
    ///
    /// @param kappa whose interval holds the true κ
    /// @param bias whose interval holds the true position bias
    /// @param refused in which the usual floors refuse the judge
    record AgreementCell(
            SimulatedJudge judge,
            int pairs,
            double trueKappa,
            double kappa,
            double bias,
            double refused) {}

    AgreementCell agreement(SimulatedJudge judge, int pairs) {
        var random = random(pairs);
        var floors = new Floors(0.4, 0.1);
        double truth = judge.kappa(JUDGED);
        int kappa = 0;
        int bias = 0;
        int refused = 0;
        for (int i = 0; i < simulations; i++) {
            var found = judged(judge, pairs, random);
            kappa += holds(found.kappaInterval(), truth) ? 1 : 0;
            bias += holds(found.biasInterval(), judge.bias()) ? 1 : 0;
            refused += floors.refusals(found).isEmpty() ? 0 : 1;
        }
        return new AgreementCell(judge, pairs, truth, share(kappa), share(bias), share(refused));
    }

    /// Shares of the simulations whose interval of the win rate holds the true one.
    ///
    /// @param corrected as Sartor gives it: Rogan and Gladen's estimate, Fieller's interval
    /// @param difference the same of the difference of two candidates
    /// @param asJudged what the judge says, taken for the truth
    /// @param predictionPowered Angelopoulos et al. 2023
    /// @param judgementsTaken for exact: corrected, without the sampling error of the judgements
    record ScoreCell(
            int pairs,
            int rows,
            Outcomes outcomes,
            double corrected,
            double difference,
            double asJudged,
            double predictionPowered,
            double judgementsTaken) {}

    /// @param onRows the judge as it is on the test rows; on the judgements it is the first one
    ScoreCell scores(
            SimulatedJudge judge, SimulatedJudge onRows, int pairs, int rows, Outcomes outcomes) {
        var random = random(31L * pairs + rows);
        var other = new Outcomes(outcomes.first() - 0.1, outcomes.tie());
        double truth = outcomes.winRate();
        double apart = (1 - ALIKE) * (truth - other.winRate());
        double second = truth - apart;
        var held = new int[5];
        for (int i = 0; i < simulations; i++) {
            var people = people(pairs, random);
            var verdicts = verdicts(judge, people.preferred(), random);
            var scale = new JudgedScores(Agreement.correction(people, verdicts));
            var one = new double[rows];
            var two = new double[rows];
            for (int row = 0; row < rows; row++) {
                var said = outcomes.draw(random);
                var alike = random.nextDouble() < ALIKE ? said : other.draw(random);
                one[row] = onRows.verdict(said, random).score();
                two[row] = onRows.verdict(alike, random).score();
            }
            var rate = scale.winRate("judge", one);
            held[0] += holds(new Interval(rate.low(), rate.high()), truth) ? 1 : 0;
            held[1] += holds(scale.compare(one, two), truth - second) ? 1 : 0;
            held[2] += holds(plain(one), truth) ? 1 : 0;
            held[3] += holds(predictionPowered(people, verdicts, one), truth) ? 1 : 0;
            held[4] += holds(exactFactor(people, verdicts, one), truth) ? 1 : 0;
        }
        return new ScoreCell(
                pairs,
                rows,
                outcomes,
                share(held[0]),
                share(held[1]),
                share(held[2]),
                share(held[3]),
                share(held[4]));
    }

    /// The mean of the judge's scores plus the mean of what it misses on the judgements.
    private static Interval predictionPowered(
            People people, List<PairVerdict> verdicts, double[] scores) {
        var missed = new double[verdicts.size()];
        Arrays.setAll(
                missed,
                i -> 0.5 + people.preferred().get(i).sign() / 2.0 - verdicts.get(i).score());
        double value = mean(scores) + mean(missed);
        double reach = 1.96 * Math.sqrt(variance(scores) + variance(missed));
        return new Interval(value - reach, value + reach);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /// Of the mean.
    private static double variance(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(each -> (each - mean) * (each - mean)).sum();
        return squares / (values.length - 1) / values.length;
    }

    /// Student's.
    private static Interval plain(double[] values) {
        return RoganGladen.none().interval(values, Interval.USUAL_ERROR, SCORES);
    }

    private static Interval exactFactor(
            People people, List<PairVerdict> verdicts, double[] scores) {
        double factor = Agreement.correction(people, verdicts).factor();
        var corrected = Arrays.stream(scores).map(each -> 0.5 + (each - 0.5) / factor).toArray();
        return plain(corrected);
    }

    private Agreement judged(SimulatedJudge judge, int pairs, RandomGenerator random) {
        var people = people(pairs, random);
        return Agreement.of(people, verdicts(judge, people.preferred(), random), 0);
    }

    private static List<PairVerdict> verdicts(
            SimulatedJudge judge, List<Preferred> truth, RandomGenerator random) {
        return truth.stream().map(each -> judge.verdict(each, random)).toList();
    }

    private static People people(int pairs, RandomGenerator random) {
        var all = new ArrayList<AnswerPair>();
        var preferred = new ArrayList<Preferred>();
        for (int i = 0; i < pairs; i++) {
            all.add(new AnswerPair("q" + i, "first", "second", Optional.empty()));
            preferred.add(JUDGED.draw(random));
        }
        return new People(all, preferred, pairs, 0);
    }

    private RandomGenerator random(long cell) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003 + cell);
    }

    private static boolean holds(PairedComparison found, double truth) {
        return holds(new Interval(found.low(), found.high()), truth);
    }

    private static boolean holds(Interval interval, double truth) {
        return interval.low() <= truth && truth <= interval.high();
    }

    private double share(int count) {
        return (double) count / simulations;
    }
}
