package dev.sartor.generate.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopTextTest {
    @ParameterizedTest
    @CsvSource({
        // pieces with | between them, stop texts with | between them, what is said
        "ab|c, abc, ''",
        "a|a|b, aab, ''",
        "a|a|a|b, aab, a",
        "aba|bab|ac, abac, abab",
        "xEN|Dy, END, x",
        "one END, END, 'one '",
        "b|a, ab, ba",
        "xab, ab|xa, ''",
        "xabc, bc|abcd, xa",
        "e\u0301|f, e\u0301f, ''",
        "😀|😁, 😁, 😀",
        "a|b, a|b, ''",
    })
    void theFirstStopTextEndsTheTextWhereverItsPiecesAreCut(
            String pieces, String stops, String said) {
        var stop = new StopText(List.of(stops.split("\\|", -1)));
        var text = new StringBuilder();
        for (var piece : pieces.split("\\|", -1)) {
            if (!stop.isStopped()) {
                text.append(stop.push(piece));
            }
        }
        text.append(stop.finish());
        assertThat(text.toString()).isEqualTo(said);
    }

    @Test
    void nothingIsHeldBackThatCannotBecomeAStopText() {
        var stop = new StopText(List.of("END"));
        assertThat(stop.push("the E")).isEqualTo("the ");
        assertThat(stop.push("N")).isEmpty();
        assertThat(stop.push("d")).isEqualTo("ENd");
        assertThat(stop.finish()).isEmpty();
    }

    /// Against looking for the stop texts in the whole: the earliest place counts.
    @Test
    void anyCutOfAnyTextStopsWhereTheWholeTextWould() {
        var random = new SplittableRandom(21);
        for (int round = 0; round < 2000; round++) {
            var whole = letters(random, 1 + random.nextInt(12));
            var stops = List.of(letters(random, 1 + random.nextInt(3)), letters(random, 3));
            var stop = new StopText(stops);
            var text = new StringBuilder();
            for (int at = 0; at < whole.length() && !stop.isStopped(); ) {
                int end = Math.min(whole.length(), at + 1 + random.nextInt(3));
                text.append(stop.push(whole.substring(at, end)));
                at = end;
            }
            text.append(stop.finish());
            int first =
                    stops.stream()
                            .mapToInt(whole::indexOf)
                            .filter(at -> at >= 0)
                            .min()
                            .orElse(whole.length());
            // A shorter stop text may come whole before an earlier, longer one has: then it counts.
            assertThat(whole).startsWith(text);
            assertThat(text.length()).as("%s %s", whole, stops).isGreaterThanOrEqualTo(first);
            assertThat(stops).noneMatch(each -> text.indexOf(each) >= 0);
        }
    }

    private static String letters(SplittableRandom random, int count) {
        var letters = new StringBuilder();
        random.ints(count, 'a', 'c').forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
