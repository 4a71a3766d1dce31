package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void whoIsDeniedMayNotReadHoweverManyGroupsHeIsIn() {
        var sales = Readers.anyOf(List.of("group:sales"));
        var rule = sales.and(Readers.noneOf(List.of("user:bob", "group:interns")));
        assertThat(rule.admit(ann)).isTrue();
        assertThat(rule.admit(bob)).isFalse();
        assertThat(rule.admit(new Principal(Set.of("group:sales", "group:interns")))).isFalse();
        assertThat(rule.and(sales)).isEqualTo(rule);
    }

    @Test
    void nobodyAdmitsNoOneWhateverHisNames() {
        assertThat(Readers.nobody().admit(ann)).isFalse();
        assertThat(Readers.nobody().and(Readers.everyone())).isEqualTo(Readers.nobody());
        assertThat(Readers.noneOf(List.of())).isEqualTo(Readers.everyone());
    }

    @Test
    void nobodyCanCallHimselfADenial() {
        assertThatThrownBy(() -> new Principal(Set.of("!user:ann")))
                .hasMessageContaining("a principal's name must be a word without `!`");
    }
}
