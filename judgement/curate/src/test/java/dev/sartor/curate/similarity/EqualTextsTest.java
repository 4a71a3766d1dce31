package dev.sartor.curate.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EqualTextsTest {
    @Test
    void theEarliestRowStandsForAllWithItsText() {
        var texts = new String[] {"a", "b", "a", "c", "b", "a"};
        var hashes = IntStream.range(0, 6).mapToLong(i -> Hashing.of(texts[i])).toArray();
        assertThat(EqualTexts.earliest(hashes, (row, earlier) -> texts[row].equals(texts[earlier])))
                .containsExactly(0, 1, 0, 3, 1, 0);
    }

    @Test
    void textsThatMerelyShareAHashStayApart() {
        var texts = new String[] {"a", "b", "a", "c", "b", "a"};
        assertThat(
                        EqualTexts.earliest(
                                new long[6], (row, earlier) -> texts[row].equals(texts[earlier])))
                .containsExactly(0, 1, 0, 3, 1, 0);
    }

    @Test
    void aHundredThousandRowsWithOneHashAreNotComparedWithEachOther() {
        var compared = new AtomicInteger();
        EqualTexts.earliest(
                new long[100_000],
                (_, _) -> {
                    compared.incrementAndGet();
                    return false;
                });
        assertThat(compared.get()).isLessThan(8 * 100_000);
    }
}
