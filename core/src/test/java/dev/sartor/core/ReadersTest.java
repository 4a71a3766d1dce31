package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadersTest {
    private final Principal ann = new Principal(Set.of("user:ann", "group:sales"));
    private final Principal bob = new Principal(Set.of("user:bob", "group:sales", "group:board"));

    @Test
    void everyoneMayReadWhatHasNoRule() {
        assertThat(Readers.everyone().admit(ann)).isTrue();
    }

    @Test
    void whatWasMadeOfTwoThingsIsReadOnlyByWhoMayReadBoth() {
        var both =
                Readers.anyOf(List.of("group:sales"))
                        .and(Readers.anyOf(List.of("group:board", "user:eve")));
        assertThat(both.admit(ann)).isFalse();
        assertThat(both.admit(bob)).isTrue();
    }
}
