package dev.sartor.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LongestRunsTest {
    @Test
    void itIsTheLongestOfAnyRowAsComparingAllOfThemSays() {
        var random = new Random(11);
        for (int round = 0; round < 200; round++) {
            var rows =
                    IntStream.range(0, 1 + random.nextInt(5))
                            .mapToObj(_ -> random.ints(random.nextInt(12), 0, 3).toArray())
                            .toList();
            var runs = new LongestRuns(rows);
            var text = random.ints(random.nextInt(15), 0, 4).toArray();
            assertThat(runs.in(text)).as("round %d", round).isEqualTo(longest(rows, text));
        }
    }

    private static int longest(List<int[]> rows, int[] text) {
        int longest = 0;
        for (var row : rows) {
            for (int i = 0; i < row.length; i++) {
                for (int j = 0; j < text.length; j++) {
                    int run = 0;
                    while (i + run < row.length
                            && j + run < text.length
                            && row[i + run] == text[j + run]) {
                        run++;
                    }
                    longest = Math.max(longest, run);
                }
            }
        }
        return longest;
    }
}
