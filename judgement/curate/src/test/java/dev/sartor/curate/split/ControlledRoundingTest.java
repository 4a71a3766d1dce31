package dev.sartor.curate.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControlledRoundingTest {
    /// Small labels and odd targets, so that rounding down leaves much over and paths have to be augmented.
    @Test
    void labelsAndSplitsAddUpAndEachNumberIsRoundedDownOrUp() {
        for (int seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            var labels = random.ints(1 + random.nextInt(12), 1, 9).toArray();
            int all = IntStream.of(labels).sum();
            int test = random.nextInt(all + 1);
            int validation = random.nextInt(all - test + 1);
            var targets = new int[] {all - test - validation, validation, test};
            var counts = ControlledRounding.counts(labels, targets, random);
            for (int split = 0; split < 3; split++) {
                int column = 0;
                for (int label = 0; label < labels.length; label++) {
                    double exact = (double) labels[label] * targets[split] / all;
                    column += counts[label][split];
                    assertThat((double) counts[label][split])
                            .as("seed %d, label %d, split %d", seed, label, split)
                            .isBetween(Math.floor(exact), Math.ceil(exact));
                }
                assertThat(column).as("seed %d, split %d", seed, split).isEqualTo(targets[split]);
            }
            for (int label = 0; label < labels.length; label++) {
                assertThat(IntStream.of(counts[label]).sum()).isEqualTo(labels[label]);
            }
        }
    }
}
