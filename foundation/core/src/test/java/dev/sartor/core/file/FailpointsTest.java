package dev.sartor.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailpointsTest {
    @AfterEach
    void off() {
        System.clearProperty(Failpoints.PROPERTY);
    }

    @Test
    void aPlaceStrikesOnceAtTheReachAskedFor() throws IOException {
        System.setProperty(Failpoints.PROPERTY, "file.flushed:2:full");
        Failpoints.reach("file.flushed");
        Failpoints.reach("file.renamed");
        assertThatThrownBy(() -> Failpoints.reach("file.flushed"))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        Failpoints.reach("file.flushed");
        assertThat(System.getProperty(Failpoints.PROPERTY)).isNull();
    }

    @Test
    void nothingHappensWhereNothingIsAsked() {
        assertThatCode(() -> Failpoints.reach("file.flushed")).doesNotThrowAnyException();
    }

    @Test
    void whatIsNoPlaceAndCountIsRefused() {
        for (var wrong : new String[] {"file.flushed", "file.flushed:0", "file.flushed:1:empty"}) {
            System.setProperty(Failpoints.PROPERTY, wrong);
            assertThatThrownBy(() -> Failpoints.reach("file.flushed"))
                    .hasMessageContaining("sartor.failpoint must be PLACE:COUNT")
                    .hasMessageContaining(wrong);
        }
    }

    @Test
    void aDiskIsNotFullWhereNothingIsWritten() {
        System.setProperty(Failpoints.PROPERTY, "tune.pruned:1:full");
        assertThatThrownBy(() -> Failpoints.pass("tune.pruned"))
                .hasMessageContaining("nothing is written there");
    }
}
