package dev.sartor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PythonShuffleTest {
    /// From CPython 3.11: `r = list(range(12)); random.Random(seed).shuffle(r)`.
    @Test
    void shufflesAsCPythonDoes() {
        assertThat(shuffled(0)).isEqualTo(List.of(1, 9, 8, 5, 10, 2, 3, 7, 4, 0, 11, 6));
        assertThat(shuffled(1)).isEqualTo(List.of(7, 11, 0, 8, 5, 6, 3, 10, 4, 1, 9, 2));
    }

    @Test
    void goesOnAfterAWholeState() {
        var list = new ArrayList<>(IntStream.range(0, 3000).boxed().toList());
        new PythonShuffle(0).shuffle(list);
        assertThat(list.subList(0, 5)).isEqualTo(List.of(2639, 247, 2120, 824, 2013));
    }

    private static List<Integer> shuffled(int seed) {
        var list = new ArrayList<>(IntStream.range(0, 12).boxed().toList());
        new PythonShuffle(seed).shuffle(list);
        return list;
    }
}
