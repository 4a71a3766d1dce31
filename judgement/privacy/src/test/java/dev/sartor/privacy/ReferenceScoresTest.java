package dev.sartor.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.evaluate.statistics.Chance;
import dev.sartor.evaluate.statistics.RocArea;
import dev.sartor.generate.TokenLikelihoods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The figures of the attacks are those of scikit-learn, scipy and numpy on the same scores.
class ReferenceScoresTest {
    private static final JsonNode REFERENCE = Reference.read();

    @Test
    void areasAndTheirIntervalsAreScikitLearnsAndDeLongs() {
        for (var each : REFERENCE.get("areas")) {
            var in = Reference.doubles(each.get("positives"));
            var out = Reference.doubles(each.get("negatives"));
            assertThat(RocArea.of(in, out)).isCloseTo(number(each, "auc"), within(1e-12));
            var interval = RocArea.interval(in, out);
            assertThat(new double[] {interval.low(), interval.high()})
                    .containsExactly(Reference.doubles(each.get("delong")), within(1e-9));
            assertThat(RocArea.truePositives(in, out, 0.01))
                    .isCloseTo(number(each, "true_positives"), within(1e-12));
            assertThat(RocArea.p(in, out)).isCloseTo(number(each, "p"), within(1e-12));
        }
    }

    @Test
    void minKPlusPlusIsThatOfItsAuthors() {
        for (var each : REFERENCE.get("rows")) {
            var row =
                    new TokenLikelihoods(
                            Reference.doubles(each.get("chosen")),
                            Reference.doubles(each.get("mean")),
                            Reference.doubles(each.get("deviation")));
            assertThat(MembershipScores.minKPlusPlus(row))
                    .isCloseTo(number(each, "min_k_plus_plus"), within(1e-9));
            assertThat(MembershipScores.loss(row)).isCloseTo(number(each, "loss"), within(1e-12));
        }
    }

    @Test
    void theLikelihoodRatioIsThatOfThePaper() {
        var lira = REFERENCE.get("lira");
        var target = Reference.doubles(lira.get("target"));
        var references = new ArrayList<List<TokenLikelihoods>>();
        lira.get("references")
                .forEach(row ->
                        references.add(
                                Arrays.stream(Reference.doubles(row))
                                        .mapToObj(Scripted::tokens)
                                        .toList()));
        double deviation = MembershipScores.pooledDeviation(references);
        assertThat(deviation).isCloseTo(number(lira, "deviation"), within(1e-9));
        for (int i = 0; i < target.length; i++) {
            assertThat(
                            MembershipScores.likelihoodRatio(
                                    Scripted.tokens(target[i]), references.get(i), deviation))
                    .isCloseTo(Reference.doubles(lira.get("scores"))[i], within(1e-9));
        }
    }

    @Test
    void exposureIsTheLogarithmOfTheSizeLessThatOfTheRank() {
        var each = REFERENCE.get("exposure");
        var exposure = Exposure.of(Reference.doubles(each.get("likelihoods")));
        assertThat(exposure.rank()).isEqualTo(each.get("rank").intValue());
        assertThat(exposure.bits()).isCloseTo(number(each, "bits"), within(1e-12));
    }

    @Test
    void whatIsAsLikelyAsTheCanaryCountsAsLikelier() {
        assertThat(Exposure.of(new double[] {1, 1, 1, 1}).bits()).isZero();
        assertThat(Exposure.of(new double[] {1, 0, 0, 0}).bits()).isEqualTo(2);
    }

    @Test
    void chancesAreThoseOfScipy() {
        var combined = REFERENCE.get("combined");
        assertThat(Chance.combined(Reference.doubles(combined.get("p"))))
                .isCloseTo(number(combined, "value"), within(1e-12));
        for (var each : REFERENCE.get("more_often")) {
            var table = each.get("table").values().stream().mapToInt(JsonNode::intValue).toArray();
            assertThat(Chance.moreOften(table[0], table[1], table[2], table[3]))
                    .isCloseTo(number(each, "value"), within(1e-9));
        }
    }

    private static double number(JsonNode of, String name) {
        return of.get(name).doubleValue();
    }
}
