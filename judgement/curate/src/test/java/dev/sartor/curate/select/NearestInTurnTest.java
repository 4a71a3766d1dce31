package dev.sartor.curate.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.work.Progress;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NearestInTurnTest {
    private static float[] at(double degrees) {
        double angle = Math.toRadians(degrees);
        return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
    }

    @Test
    void eachOfTheTasksRowsTakesItsNearestThatIsLeft() {
        var rows = List.of(at(0), at(5), at(11), at(90), at(80), at(45));

        var chosen = NearestInTurn.choose(rows, List.of(at(1), at(89)), 5, Progress.silent());

        assertThat(chosen).containsExactly(0, 3, 1, 4, 2);
    }

    @Test
    void alikeRowsOfATaskDoNotTakeARowTwiceAndAllCanBeChosen() {
        var random = new Random(3);
        var rows = Stream.generate(() -> at(360 * random.nextDouble())).limit(500).toList();

        var chosen =
                NearestInTurn.choose(rows, List.of(at(10), at(10), at(10)), 500, Progress.silent());

        assertThat(IntStream.of(chosen).distinct().count()).isEqualTo(500);
    }
}
