package dev.sartor.curate.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LongPostingsTest {
    private static List<Integer> rows(LongPostings postings, long key) {
        int number = postings.find(key);
        return number < 0
                ? List.of()
                : IntStream.range(postings.start(number), postings.end(number))
                        .map(postings::row)
                        .boxed()
                        .toList();
    }

    @Test
    void haveTheRowsOfEveryKeyInTheirOrder() {
        var random = new SplittableRandom(1);
        var expected = new HashMap<Long, List<Integer>>();
        var keys = new long[5_000];
        var rows = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = random.nextInt(700) * 4_096L; // many meet in the table
            rows[i] = i / 3;
            expected.computeIfAbsent(keys[i], _ -> new ArrayList<>()).add(rows[i]);
        }
        var postings = new LongPostings(keys, rows, Integer.MAX_VALUE);
        assertThat(postings.keys()).isEqualTo(expected.size());
        expected.forEach((key, found) -> assertThat(rows(postings, key)).isEqualTo(found));
        assertThat(postings.find(1)).isNegative();
    }

    @Test
    void leaveOutLaterRowsOfAKeyThatTooManyHave() {
        var postings = new LongPostings(new long[] {7, 7, 8, 7, 7}, new int[] {0, 1, 2, 3, 4}, 2);
        assertThat(rows(postings, 7)).containsExactly(0, 1);
        assertThat(rows(postings, 8)).containsExactly(2);
    }

    @Test
    void mayBeEmpty() {
        assertThat(new LongPostings(new long[0], new int[0], 9).find(0)).isNegative();
    }

    @Test
    void windowsOverlapByWhatMayBeLookedFor() {
        var text = "abcdefghij".repeat(10_000);
        var windows = Windows.of(text);
        assertThat(windows).hasSizeGreaterThan(5);
        for (int i = 0; i + 5_120 <= text.length(); i += 611) {
            int from = i;
            int step = 16_384 - 8_192;
            assertThat(IntStream.range(0, windows.size()))
                    .as("characters from %d", from)
                    .anyMatch(w ->
                            w * step <= from && from + 5_120 <= w * step + windows.get(w).length());
        }
        assertThat(Windows.of("short")).containsExactly("short");
        assertThat(Windows.of("")).containsExactly("");
    }
}
