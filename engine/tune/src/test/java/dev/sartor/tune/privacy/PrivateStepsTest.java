package dev.sartor.tune.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.SartorException;
import dev.sartor.tune.PrivacyLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateStepsTest {
    private static final int ROWS = 200;

    private final PrivateSteps steps = steps(new byte[32]);

    @TempDir Path folder;

    private static PrivateSteps steps(byte[] key) {
        return new PrivateSteps(
                new PrivacyLedger(8, 1e-5, 1.5, 0.05, 100, 0.4), 10, new NoiseKey(key));
    }

    @Test
    void theNoiseIsNormalWithTheMultiplierTimesTheClipNorm() {
        var noise = steps.noise(7, 0, 1_000_001);
        double deviation = 1.5 * 0.4;
        double[] moments = new double[5];
        for (float each : noise) {
            double power = 1;
            for (int i = 1; i <= 4; i++) {
                power *= each / deviation;
                moments[i] += power / noise.length;
            }
        }
        // Four standard errors of each.
        assertThat(moments[1]).isCloseTo(0, within(4e-3));
        assertThat(moments[2]).isCloseTo(1, within(4 * 1.42e-3));
        assertThat(moments[3]).isCloseTo(0, within(4 * 3.88e-3));
        assertThat(moments[4]).isCloseTo(3, within(4 * 9.8e-3));
    }

    @Test
    void eachStepAndPartHasNoiseOfItsOwnWhichIsTheSameWhenDrawnAgain() {
        assertThat(steps.noise(3, 1, 64)).isEqualTo(steps.noise(3, 1, 64));
        var seen = new HashSet<Float>();
        for (int step = 0; step < 4; step++) {
            for (int part = 0; part < 4; part++) {
                for (float each : steps.noise(step, part, 64)) {
                    seen.add(each);
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(1020); // of 1024, few of which may be equal in 32 bits
        var other = new byte[32];
        other[31] = 1;
        assertThat(steps(other).noise(3, 1, 64)).isNotEqualTo(steps.noise(3, 1, 64));
    }

    @Test
    void rowsAreDrawnEachByItselfWithTheSamplingRate() {
        var rows = IntStream.range(0, ROWS).boxed().toList();
        int trials = 2000;
        var seen = new int[ROWS];
        double drawn = 0;
        double squares = 0;
        int together = 0;
        for (int step = 0; step < trials; step++) {
            var taken = steps.drawn(rows, step);
            assertThat(taken).doesNotHaveDuplicates().isEqualTo(steps.drawn(rows, step));
            taken.forEach(row -> seen[row]++);
            together += taken.containsAll(List.of(3, 4)) ? 1 : 0;
            drawn += taken.size();
            squares += (double) taken.size() * taken.size();
        }
        double mean = drawn / trials;
        assertThat(mean).isCloseTo(10, within(4 * Math.sqrt(9.5 / trials)));
        // Of a binomial number, which rows that depend on each other would not have.
        assertThat(squares / trials - mean * mean).isCloseTo(9.5, within(1.3));
        assertThat(IntStream.of(seen).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(60, 145));
        assertThat(together).isLessThan(20);
    }

    @Test
    void someStepsTakeNoRow() {
        var few = IntStream.range(0, 5).boxed().toList();
        assertThat(IntStream.range(0, 40).filter(step -> steps.drawn(few, step).isEmpty()).count())
                .isBetween(20L, 40L);
    }

    @Test
    void theKeyIsItsOwnersAloneAndReadAgain() throws Exception {
        var drawn = new PrivateSteps(steps.ledger(), 10, key(false));
        var file = folder.resolve("noise.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new PrivateSteps(steps.ledger(), 10, key(true)).noise(0, 0, 8))
                .isEqualTo(drawn.noise(0, 0, 8));
        NoiseKey.remove(folder);
        assertThat(new PrivateSteps(steps.ledger(), 10, key(false)).noise(0, 0, 8))
                .isNotEqualTo(drawn.noise(0, 0, 8));
    }

    @Test
    void aTrainingThatHasBegunDoesNotGoOnWithoutItsKey() throws Exception {
        assertThatThrownBy(() -> key(true))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("is gone or damaged")
                .hasMessageContaining("costs epsilon anew");
        Files.writeString(folder.resolve("noise.key"), "abc");
        assertThatThrownBy(() -> key(false))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("is gone or damaged");
    }

    private NoiseKey key(boolean begun) {
        return NoiseKey.of(folder, begun, new SecureRandom());
    }
}
