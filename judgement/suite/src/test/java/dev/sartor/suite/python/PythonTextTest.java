package dev.sartor.suite.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PythonTextTest {
    @Test
    void noBreakSpacesAndSeparatorsAreWhitespaceAndZeroWidthSpacesAreNot() {
        assertThat(PythonText.strip("\u00a0\u001d a \u3000\u0085\n")).isEqualTo("a");
        assertThat(PythonText.stripEnd(" a\u200b")).isEqualTo(" a\u200b");
    }

    @Test
    void lengthsAreInCodePoints() {
        assertThat(PythonText.length("a\ud83d\ude00b")).isEqualTo(3);
    }

    @Test
    void capitalizingLowersTheRest() {
        assertThat(PythonText.capitalize("éLAN Vital")).isEqualTo("Élan vital");
        assertThat(PythonText.capitalize("")).isEmpty();
    }
}
