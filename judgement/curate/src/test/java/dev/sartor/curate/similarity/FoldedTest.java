package dev.sartor.curate.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.data.Folding;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldedTest {
    @Test
    void saysOfEveryAsciiCharacterWhatFoldingSays() {
        var all =
                IntStream.range(0, 128)
                        .mapToObj(c -> String.valueOf((char) c))
                        .collect(Collectors.joining());
        assertThat(Folded.of(all))
                .isEqualTo(Folding.of(all))
                .contains("abc", "$+", "<=>")
                .doesNotContain(" ", "A", ".");
        for (int c = 0; c < 128; c++) {
            var one = String.valueOf((char) c);
            assertThat(Folded.of(one)).as("character %d", c).isEqualTo(Folding.keyOf(one));
        }
    }

    @Test
    void isWhatFoldingSaysOfAnyText() {
        var random = new SplittableRandom(3);
        var alphabet = "aZ=e 9.?-ßéΣϲ𝛔'‘’\u0301\u0338\u200b日ｶﾞ각😀½İŉﬀ\n";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int j = 0; j < random.nextInt(12); j++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(Folded.of(text.toString())).isEqualTo(Folding.keyOf(text.toString()));
        }
    }

    @Test
    void leavesATextThatFoldsToNothingAsItIs() {
        assertThat(Folded.of("?! ")).isEqualTo("?! ");
        assertThat(Folded.of("")).isEmpty();
    }
}
