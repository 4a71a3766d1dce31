package dev.sartor.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchedulesTest {
    /// Forty steps, four of them rising, a peak of 1e-3; eight falling where the shape says when.
    @ParameterizedTest
    @EnumSource(TuneSchedule.Shape.class)
    void ratesAreThoseOfTransformers(TuneSchedule.Shape shape) {
        var expected =
                Reference.training("schedules")
                        .get(shape.name().toLowerCase(java.util.Locale.ROOT));
        var schedule = new TuneSchedule(shape, 1e-3, 0.1, 0.2);
        assertThat(expected.size()).isEqualTo(40);
        for (int step = 0; step < 40; step++) {
            assertThat(schedule.rateAt(step, 40))
                    .as("step %d", step)
                    .isCloseTo(expected.get(step).doubleValue(), within(1e-9));
        }
    }
}
