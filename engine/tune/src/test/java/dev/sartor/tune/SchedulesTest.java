package dev.sartor.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchedulesTest {
    /// Forty steps, four of them rising, a peak of 1e-3; eight falling where the shape says when. A rising step has the rate
    /// that transformers gives to the one after it.
    @ParameterizedTest
    @EnumSource(TuneSchedule.Shape.class)
    void ratesAreThoseOfTransformersOnceTheyNoLongerRise(TuneSchedule.Shape shape) {
        var expected =
                Reference.training("schedules")
                        .get(shape.name().toLowerCase(java.util.Locale.ROOT));
        var schedule = new TuneSchedule(shape, 1e-3, 0.1, 0.2);
        assertThat(expected.size()).isEqualTo(40);
        for (int step = 0; step < 40; step++) {
            assertThat(schedule.rateAt(step, 40))
                    .as("step %d", step)
                    .isCloseTo(
                            expected.get(step < 4 ? step + 1 : step).doubleValue(), within(1e-9));
        }
    }

    @Test
    void theFirstStepLearnsAndTheLastThatRisesHasThePeak() {
        var schedule = TuneSchedule.cosine(1e-3, 0.1);
        assertThat(IntStream.range(0, 5).mapToDouble(step -> schedule.rateAt(step, 40)).toArray())
                .containsExactly(new double[] {2.5e-4, 5e-4, 7.5e-4, 1e-3, 1e-3}, within(1e-12));
        assertThat(schedule.rateAt(0, 1)).isEqualTo(1e-3);
    }
}
