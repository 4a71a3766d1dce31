package dev.sartor.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.hub.catalogue.Catalogue;
import dev.sartor.hub.catalogue.Licence;
import org.junit.jupiter.api.Test;

class TerminalGateTest {
    private static final Licence GATED =
            Catalogue.builtIn().licences().stream()
                    .filter(Licence::gated)
                    .findFirst()
                    .orElseThrow();

    @Test
    void aWholeYesAcceptsAndTheTermsAreShownBeforeTheQuestion() {
        var screen = Screen.asking("Yes\n");
        assertThat(new TerminalGate(screen.console()).accepts(GATED)).isTrue();
        assertThat(screen.remarks())
                .contains(GATED.name(), GATED.clause(), GATED.terms().orElseThrow().toString())
                .endsWith("Do you accept these terms? [yes/no] ");
        assertThat(screen.results()).isEmpty();
    }

    @Test
    void anythingElseDoesNot() {
        for (var typed : new String[] {"", "\n", "y\n", "no\n", "yes and no\n"}) {
            assertThat(new TerminalGate(Screen.asking(typed).console()).accepts(GATED))
                    .as(typed)
                    .isFalse();
        }
    }

    @Test
    void whereNobodySitsNothingIsReadAndNothingAccepted() {
        assertThat(new TerminalGate(Screen.file().console()).accepts(GATED)).isFalse();
    }
}
