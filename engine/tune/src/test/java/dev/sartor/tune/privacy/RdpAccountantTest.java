package dev.sartor.tune.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.SartorException;
import dev.sartor.tune.Reference;
import dev.sartor.tune.TunePrivacy;
import dev.sartor.tune.TuneSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Beside Opacus' RDPAccountant, which resources/training/dp_sgd.py asked.
class RdpAccountantTest {
    private final JsonNode reference = Reference.training("dp-accountant");

    @Test
    void stepsCostWhatOpacusSaysOverAGridOfRatesNoisesStepsAndDeltas() {
        assertThat(reference.get("epsilon")).hasSize(432);
        for (var row : reference.get("epsilon")) {
            var step = new SampledGaussian(row.get(0).asDouble(), row.get(1).asDouble());
            double expected = row.get(4).asDouble();
            double found = RdpAccountant.epsilon(step, row.get(2).asInt(), row.get(3).asDouble());
            assertThat(found).as(row.toString()).isCloseTo(expected, within(1e-6 * expected));
        }
    }

    @Test
    void theNoiseIsTheLeastThatStaysWithinEpsilon() {
        for (var row : reference.get("noise")) {
            double epsilon = row.get(0).asDouble();
            double rate = row.get(1).asDouble();
            int steps = row.get(2).asInt();
            double delta = row.get(3).asDouble();
            double noise = RdpAccountant.noise(epsilon, rate, steps, delta);
            assertThat(noise).isCloseTo(row.get(4).asDouble(), within(2e-3));
            assertThat(RdpAccountant.epsilon(new SampledGaussian(rate, noise), steps, delta))
                    .isBetween(epsilon * 0.999, epsilon);
        }
    }

    @Test
    void aLedgerCountsTheStepsOfAllEpochsAtATenthOfARowsShare() {
        var settings = TuneSettings.usual().withBatch(32).withEpochs(10);
        assertThat(RdpAccountant.ledger(settings, 480)).isEmpty();
        var ledger =
                RdpAccountant.ledger(settings.withPrivacy(within8(Optional.empty())), 480)
                        .orElseThrow();
        assertThat(ledger.steps()).isEqualTo(150);
        assertThat(ledger.samplingRate()).isEqualTo(32.0 / 480);
        assertThat(ledger.delta()).isEqualTo(0.1 / 480);
        assertThat(ledger.epsilon()).isBetween(7.99, 8.0);
    }

    @Test
    void aDeltaOfARowsShareOrMorePromisesNothingAndIsRefused() {
        assertThatThrownBy(() -> within8(Optional.of(0.01)).deltaFor(100))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("tune.privacy.delta must be more than 0 and less than")
                .hasMessageContaining("got 0.01");
    }

    @Test
    void anEpsilonThatNoNoiseReachesIsRefused() {
        assertThatThrownBy(() -> RdpAccountant.noise(0.01, 0.1, 100, 1e-5))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("tune.privacy.epsilon must be larger")
                .hasMessageContaining("fewer epochs");
    }

    @Test
    void theTailsOfTheErrorFunctionAreExactWhereADoubleHoldsThemNoMore() {
        assertThat(LogErfc.of(0)).isZero();
        assertThat(LogErfc.of(1)).isCloseTo(-1.8496055099332485, within(1e-14)); // scipy
        assertThat(LogErfc.of(-3)).isCloseTo(0.6931361352504468, within(1e-14));
        assertThat(LogErfc.of(40)).isCloseTo(-1604.2615566532736, within(1e-9));
        assertThat(LogErfc.of(Math.nextDown(2.5))).isCloseTo(LogErfc.of(2.5), within(1e-12));
    }

    private static TunePrivacy within8(Optional<Double> delta) {
        return new TunePrivacy(new TunePrivacy.Noise.Within(8), delta, 1);
    }
}
