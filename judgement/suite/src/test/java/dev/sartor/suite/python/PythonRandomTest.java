package dev.sartor.suite.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Numbers that CPython 3.11 gave.
class PythonRandomTest {
    @Test
    void samplesAreThoseOfPythonOneAfterAnother() {
        var random = new PythonRandom(1234);
        assertThat(random.sample(100, 5)).containsExactly(99, 56, 14, 0, 11);
        assertThat(random.sample(100, 5)).containsExactly(74, 4, 85, 88, 10);
        assertThat(random.sample(100, 5)).containsExactly(12, 98, 45, 30, 2);
        assertThat(random.sample(10, 7)).containsExactly(0, 9, 5, 7, 4, 3, 6);
        assertThat(random.sample(30, 9)).containsExactly(4, 2, 5, 22, 3, 0, 16, 15, 7);
    }

    @Test
    void aLargePopulationIsNotCopied() {
        var random = new PythonRandom(1234);
        assertThat(random.sample(7473, 5)).containsExactly(6374, 3610, 957, 61, 742);
        assertThat(random.sample(7473, 5)).containsExactly(7462, 6610, 4769, 286, 5501);
    }

    @Test
    void fractionsAreThoseOfPythonBeyondTheFirstRefill() {
        assertThat(new PythonRandom(0).fraction()).isEqualTo(0.8444218515250481);
        var random = new PythonRandom(99);
        double last = 0;
        for (int i = 0; i < 700; i++) {
            last = random.fraction();
        }
        assertThat(last).isEqualTo(0.1557611565809286);
    }

    /// `r = list(range(12)); random.Random(seed).shuffle(r)`.
    @Test
    void listsAreShuffledAsCPythonDoes() {
        assertThat(shuffled(0)).isEqualTo(List.of(1, 9, 8, 5, 10, 2, 3, 7, 4, 0, 11, 6));
        assertThat(shuffled(1)).isEqualTo(List.of(7, 11, 0, 8, 5, 6, 3, 10, 4, 1, 9, 2));
    }

    @Test
    void aShuffleGoesOnAfterAWholeState() {
        var list = new ArrayList<>(IntStream.range(0, 3000).boxed().toList());
        new PythonRandom(0).shuffle(list);
        assertThat(list.subList(0, 5)).isEqualTo(List.of(2639, 247, 2120, 824, 2013));
    }

    private static List<Integer> shuffled(int seed) {
        var list = new ArrayList<>(IntStream.range(0, 12).boxed().toList());
        new PythonRandom(seed).shuffle(list);
        return list;
    }
}
