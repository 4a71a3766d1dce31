package dev.sartor.curate.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormLengthTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "ghp_[0-9A-Za-z]{36} 40",
                "a|bcd 3",
                "(?:ab|c){2,3}x? 7",
                "(?i)a\\.[b\\]]{2} 4",
                "[^\\s]{3} 3",
                "a+ 99",
                "a{2,} 99",
                "a{200} 99",
            })
    void theMostCharsAreCounted(String form, int longest) {
        assertThat(FormLength.longest(form, 99)).isEqualTo(longest);
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        assertThatThrownBy(() -> FormLength.longest("a)b", 99))
                .hasMessageContaining("not understood from char 1");
    }
}
