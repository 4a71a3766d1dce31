package dev.sartor.curate.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ToxicWordsTest {
    /// Harmless stand-ins: what is tested is how words are compared.
    private static final ToxicWords WORDS =
            ToxicWords.of(List.of("blast", "dull head", "dull", "süß"));

    @Test
    void wordsAreComparedWholeAndWithoutCase() {
        assertThat(WORDS.score("BLAST! The blaster was blasted.").matched()).isEqualTo(1);
        assertThat(WORDS.score("ｂｌａｓｔ and bla\u00adst").matched()).isEqualTo(2);
        assertThat(WORDS.score("su\u0308ß").matched()).isEqualTo(1);
        assertThat(WORDS.score("Scunthorpe is a town.").matched()).isZero();
    }

    @Test
    void aPhraseIsCountedByItsWordsEachOnce() {
        var score = WORDS.score("You dull-head, you dull one");
        assertThat(score.matched()).isEqualTo(3);
        assertThat(score.words()).isEqualTo(6);
        assertThat(score.share()).isEqualTo(0.5);
        assertThat(score.found()).containsExactly("dull", "dull head");
    }

    @Test
    void aFindingSaysHowManyOfHowManyWords() {
        assertThat(WORDS.finding("what a blast", 0.05).orElseThrow().said())
                .isEqualTo(
                        "1 of 3 words are of the list of toxic words, at most 0.05 of them is allowed");
        assertThat(WORDS.finding("what a blast", 0.5)).isEmpty();
        assertThat(WORDS.finding("", 0)).isEmpty();
    }

    @Test
    void theListsThatComeAlongAreRead() {
        for (var language : ToxicWords.languages()) {
            assertThat(
                            ToxicWords.in(List.of(language))
                                    .score("Guten Tag, the weather is fine")
                                    .matched())
                    .as(language)
                    .isZero();
        }
        assertThat(ToxicWords.in(List.of("english")).score("this is bullshit").matched())
                .isEqualTo(1);
        assertThat(ToxicWords.in(List.of("en", "de")).score("so eine Scheiße").matched())
                .isEqualTo(1);
        assertThatThrownBy(() -> ToxicWords.in(List.of("klingon")))
                .hasMessageContaining("the languages of the lists of toxic words must be of")
                .hasMessageContaining("got 'klingon': bring a list of your own");
    }
}
