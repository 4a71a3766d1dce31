package dev.sartor.curate.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
    /// Stands for another room's: knows two words.
    private static final LanguageIdentifier TWO_WORDS =
            text ->
                    text.contains(" the ")
                            ? Optional.of("english")
                            : text.contains(" der ") ? Optional.of("german") : Optional.empty();

    private static final Languages ENGLISH = new Languages(TWO_WORDS, List.of("english"), true);

    @ParameterizedTest
    @CsvSource({
        "ja, 契約は三か月前に書面で通知することにより解約できます。",
        "zh, 合同可以提前三个月以书面形式解除。",
        "ko, 계약은 세 달 전에 서면으로 해지할 수 있습니다.",
        "th, สัญญาสามารถยกเลิกได้เป็นลายลักษณ์อักษร",
        "el, Η σύμβαση καταγγέλλεται εγγράφως.",
        "he, ניתן לבטל את החוזה בכתב.",
        "en, We return the keys on Monday.",
        "de, Am Ende der Frist."
    })
    void scriptsTellWhatTheyCanAndTheRestIsAskedFor(String code, String text) {
        assertThat(ENGLISH.of(text)).contains(code);
    }

    @Test
    void aTextInAnotherLanguageIsNamedWithIt() {
        assertThat(ENGLISH.finding(ENGLISH.of("Am Ende der Frist.")).orElseThrow().said())
                .isEqualTo("it is in German (de), kept is en");
        assertThat(ENGLISH.finding(Optional.of("en"))).isEmpty();
    }

    @Test
    void aTextOfNoLanguageIsKeptUnlessAskedOtherwise() {
        assertThat(ENGLISH.of("Heron 80 kg 4 h")).isEmpty();
        assertThat(ENGLISH.finding(Optional.empty())).isEmpty();
        assertThat(
                        new Languages(TWO_WORDS, List.of("en", "pt-BR"), false)
                                .finding(Optional.empty()))
                .isPresent();
    }

    @Test
    void languagesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new Languages(TWO_WORDS, List.of("englisch"), true))
                .hasMessageContaining(
                        "curate.language.keep must be codes or English names of languages, got 'englisch'");
        assertThatThrownBy(() -> new Languages(TWO_WORDS, List.of(), false))
                .hasMessageContaining("at least one language");
    }
}
