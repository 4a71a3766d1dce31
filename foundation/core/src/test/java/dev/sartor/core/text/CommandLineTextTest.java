package dev.sartor.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTextTest {
    @Test
    void aCommandBeginsWithTheProgramAndQuotesWhatAShellWouldSplit() {
        assertThat(CommandLineText.of(List.of("train", "my data/a.yaml", "--seed=3")))
                .isEqualTo("sartor train 'my data/a.yaml' --seed=3");
        assertThat(CommandLineText.of(List.of())).isEqualTo("sartor");
    }

    @Test
    void aQuoteIsLeftAndEnteredAgain() {
        assertThat(CommandLineText.quoted("it's")).isEqualTo("'it'\\''s'");
        assertThat(CommandLineText.quoted("")).isEqualTo("''");
        assertThat(CommandLineText.quoted("$HOME")).isEqualTo("'$HOME'");
    }
}
