package dev.sartor.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BoundedTextTest {
    private static final Pattern WORD = Pattern.compile("\\p{L}+");

    @Test
    void anOrdinaryPatternFindsWhatItWouldFindAnyway() {
        var matcher = BoundedText.matcher(WORD, "12 ten, Öl!");
        assertThat(BoundedText.find(matcher)).isTrue();
        assertThat(matcher.group()).isEqualTo("ten");
        assertThat(BoundedText.find(matcher)).isTrue();
        assertThat(matcher.group()).isEqualTo("Öl");
        assertThat(BoundedText.find(matcher)).isFalse();
    }

    @Test
    void anotherWayOfMatchingSaysWhatItFound() {
        assertThat(
                        BoundedText.guarded(
                                BoundedText.matcher(WORD, "layers"), Matcher::matches, "target"))
                .isTrue();
        assertThat(
                        BoundedText.guarded(
                                BoundedText.matcher(WORD, "layer 1"), Matcher::matches, "target"))
                .isFalse();
    }

    @Test
    void whatIsPutInTheTextsPlaceKeepsTheRest() {
        assertThat(BoundedText.matcher(WORD, "1 a 2 bc 3").replaceAll("x")).isEqualTo("1 x 2 x 3");
        assertThat(BoundedText.matcher(WORD, "1 2 3").replaceAll("x")).isEqualTo("1 2 3");
    }

    @Test
    void aLongTextMayBeLookedAtMoreOften() {
        var text = "a".repeat(1_500_000);
        var matcher = BoundedText.matcher(Pattern.compile("a*"), text);
        assertThat(BoundedText.find(matcher)).isTrue();
        assertThat(matcher.end()).isEqualTo(text.length());
    }

    /// Each of the places is looked at from each before it.
    @Test
    void aPatternOfQuadraticTimeEndsInAnErrorThatNamesIt() {
        var text = "a".repeat(10_000);
        assertThatThrownBy(
                        () -> BoundedText.find(BoundedText.matcher(Pattern.compile("a*b"), text)))
                .isInstanceOf(SartorException.class)
                .hasMessage(
                        "the tokenizer's pattern a*b takes too long on this text: shorten the text,"
                                + " or choose another model");
    }

    @Test
    void aPatternOfTheUsersOwnIsHisToWriteMoreSimply() {
        var matcher =
                BoundedText.matcher(Pattern.compile("a*b"), "a".repeat(10_000), "lora.targets");
        assertThatThrownBy(() -> BoundedText.guarded(matcher, Matcher::find, "lora.targets"))
                .hasMessage(
                        "lora.targets a*b takes too long on a layer's path: write it more simply");
    }

    @Test
    void aPatternThatOverflowsTheStackIsRefusedToo() {
        var matcher = BoundedText.matcher(Pattern.compile("(?:a|b)*c"), "ab".repeat(500_000));
        assertThatThrownBy(() -> BoundedText.find(matcher))
                .isInstanceOf(SartorException.class)
                .hasCauseInstanceOf(StackOverflowError.class);
    }
}
