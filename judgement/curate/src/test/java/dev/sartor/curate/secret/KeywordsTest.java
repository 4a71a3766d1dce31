package dev.sartor.curate.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeywordsTest {
    private static List<String> hits(List<String> words, String text) {
        var hits = new ArrayList<String>();
        new Keywords(words)
                .find(
                        text,
                        (word, start, end) -> hits.add(words.get(word) + "@" + start + "-" + end));
        return hits;
    }

    @Test
    void wordsWithinWordsAreFoundToo() {
        assertThat(hits(List.of("he", "she", "his", "hers"), "uSHErs"))
                .containsExactlyInAnyOrder("she@1-4", "he@2-4", "hers@2-6");
    }

    @Test
    void lettersOfOtherScriptsMatchNothing() {
        assertThat(hits(List.of("key"), "kéy \u212Aey key")).containsExactly("key@8-11");
    }

    /// Beside a search of each word at each place.
    @Test
    void findsWhatASlowSearchFinds() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var words = new ArrayList<String>();
            for (int i = 0; i < 6; i++) {
                var word = letters(random, 1 + random.nextInt(4));
                if (!words.contains(word)) {
                    words.add(word);
                }
            }
            var text = letters(random, 60).toUpperCase(Locale.ROOT);
            var slow = new ArrayList<String>();
            for (var word : words) {
                for (int at = 0; at + word.length() <= text.length(); at++) {
                    if (text.regionMatches(true, at, word, 0, word.length())) {
                        slow.add(word + "@" + at + "-" + (at + word.length()));
                    }
                }
            }
            assertThat(hits(words, text)).containsExactlyInAnyOrderElementsOf(slow);
        }
    }

    private static String letters(Random random, int length) {
        var letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append((char) ('a' + random.nextInt(3)));
        }
        return letters.toString();
    }
}
