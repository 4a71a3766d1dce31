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

    @Test
    void rulesAreWrittenWithUsersGroupsTenantsThisMachineAndEveryone() {
        for (var name : List.of("user:ann", "group:sales", "tenant:acme", "local", "everyone")) {
            assertThat(Readers.isName(name)).as(name).isTrue();
        }
        for (var name : List.of("ann", "user:", "user: ann", "role:boss", "everyone else", "")) {
            assertThat(Readers.isName(name)).as(name).isFalse();
        }
    }

    @Test
    void everyoneAmongTheNamesIsAllAndNoNameIsNobody() {
        assertThat(Readers.named(List.of("user:ann", "everyone"))).isEqualTo(Readers.everyone());
        assertThat(Readers.named(List.of("user:ann")))
                .isEqualTo(Readers.anyOf(List.of("user:ann")));
        assertThat(Readers.named(List.of())).isEqualTo(Readers.nobody());
    }

    @Test
    void anExceptionToADenialAdmitsWhoHasOneNameOrLacksTheOther() {
        var rule =
                Readers.everyone().andAnyOrLacking(List.of("group:board"), List.of("group:sales"));
        assertThat(rule.admit(bob)).as("on the board").isTrue();
        assertThat(rule.admit(ann)).as("in sales alone").isFalse();
        assertThat(rule.admit(new Principal(Set.of("user:eve")))).as("in neither").isTrue();
    }

    @Test
    void clausesAndTheirNamesAreStoredInAlphabeticalOrder() {
        var names = List.of("ann", "bertram", "caro", "do", "eve", "fridolin", "gina", "hans");
        var rule = Readers.everyone();
        for (var name : names.reversed()) {
            rule = rule.and(Readers.anyOf(List.of("user:" + name, "group:sales")));
        }
        assertThat(rule.sorted())
                .isEqualTo(
                        names.stream()
                                .map(name -> List.of("group:sales", "user:" + name))
                                .toList());
    }

    @Test
    void onlyWhatHasNoClauseIsEveryones() {
        assertThat(Readers.everyone().isEveryone()).isTrue();
        assertThat(Readers.nobody().isEveryone()).isFalse();
        assertThat(Readers.anyOf(List.of("user:ann")).isEveryone()).isFalse();
    }
}
