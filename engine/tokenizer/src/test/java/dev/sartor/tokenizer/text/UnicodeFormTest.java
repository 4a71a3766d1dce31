package dev.sartor.tokenizer.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnicodeFormTest {
    private static final List<String> PARTS =
            List.of(
                    "a",
                    "é",
                    "e\u0301",
                    "\u0323\u0301",
                    "ﬁ",
                    "Å",
                    "½",
                    "가",
                    "\u1100\u1161\u11a8",
                    "\u1100\u1161",
                    "か\u3099",
                    "ｶﾞ",
                    "ｶ",
                    "🦊",
                    "\u0344",
                    "ǅ",
                    "क\u093c",
                    "\u0b47\u0b3e",
                    " ",
                    "\u00a0",
                    "Ａ");

    @ParameterizedTest
    @EnumSource
    void givesTheTextThatUnicodePrescribes(UnicodeForm form) {
        var random = new SplittableRandom(form.name().length());
        for (int round = 0; round < 3000; round++) {
            var source = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                source.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            var text = form.apply(AlignedText.plain(source.toString(), 10));
            assertThat(text.text())
                    .as(source.toString())
                    .isEqualTo(Normalizer.normalize(source, Normalizer.Form.valueOf(form.name())));
            for (int i = 0; i < text.length(); i++) {
                assertThat(text.start(i)).isBetween(10, text.end(i) - 1);
                assertThat(text.end(i)).isLessThanOrEqualTo(10 + source.length());
                assertThat(i == 0 || text.start(i - 1) <= text.start(i)).isTrue();
            }
        }
    }

    @Test
    void decomposedCharactersComeFromTheOneTheyWere() {
        var text = UnicodeForm.NFKD.apply(AlignedText.plain("xﬁé", 0));
        assertThat(text.text()).isEqualTo("xfie\u0301");
        assertThat(List.of(text.start(1), text.start(2), text.start(3), text.start(4)))
                .containsExactly(1, 1, 2, 2);
    }

    @Test
    void composedCharactersComeFromTheFirst() {
        var text = UnicodeForm.NFC.apply(AlignedText.plain("e\u0301x", 0));
        assertThat(text.text()).isEqualTo("éx");
        assertThat(text.end(0)).isEqualTo(1);
        assertThat(text.start(1)).isEqualTo(2);
    }

    @Test
    void textInItsFormStaysItself() {
        var text = AlignedText.plain("plain é", 3);
        assertThat(UnicodeForm.NFC.apply(text)).isSameAs(text);
    }
}
