package dev.sartor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Keys;
import dev.sartor.serve.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every database keeps of keys.
public abstract class IssuedKeysContract {
    private static final Instant START = Instant.parse("2027-01-01T10:00:00Z");
    private static final KeyGrant ANN =
            new KeyGrant(
                    Optional.of("ann"),
                    List.of("sales", "hr"),
                    Optional.of("acme"),
                    Set.of(Scope.INFER, Scope.SEARCH),
                    Optional.empty());

    @TempDir private Path elsewhere;

    private final SetClock clock = new SetClock(START);
    private final RandomGenerator random = new Random(7); // thread-safe
    private State state;
    private IssuedKeys keys;
    private Keys followed;

    /// The address of a database that holds nothing yet; the same one until the test is over.
    protected abstract String address();

    @BeforeEach
    void open() {
        state = another();
        keys = state.keys();
        followed = state.follow(List.of());
    }

    @AfterEach
    void close() {
        followed.close();
    }

    /// As another server, or a command, sees it.
    private State another() {
        return State.open(address(), clock, random);
    }

    private boolean letsIn(String secret) {
        return followed.now().find(secret).isPresent();
    }

    @Test
    void aKeyIsItsHolderAndForItsScopesAlone() {
        var made = keys.create(ANN);
        assertThat(made.secret()).matches("sk-[A-Za-z0-9_-]{43}");
        assertThat(made.toString()).doesNotContain(made.secret());
        var found = followed.now().find(made.secret()).orElseThrow();
        assertThat(found.principal())
                .isEqualTo(
                        new Principal(
                                Set.of("user:ann", "group:sales", "group:hr", "tenant:acme")));
        assertThat(found.scopes()).containsExactlyInAnyOrder(Scope.INFER, Scope.SEARCH);
        assertThat(letsIn(made.key().id())).isFalse();
        assertThat(letsIn("sk-" + "A".repeat(43))).isFalse();
    }

    @Test
    void whatIsStoredIsShownAgainWithoutASecret() {
        var first = keys.create(ANN);
        clock.forward(Duration.ofMillis(1));
        var until = START.plus(Duration.ofDays(90));
        var nobodys =
                new KeyGrant(
                        Optional.empty(),
                        List.of(),
                        Optional.of("globex"),
                        Scope.usual(),
                        Optional.of(until));
        var second = keys.create(nobodys);
        assertThat(another().keys().list()).containsExactly(first.key(), second.key());
        assertThat(second.key().grant()).isEqualTo(nobodys);
        assertThat(keys.list().toString()).doesNotContain(first.secret(), second.secret());
    }

    @Test
    void whatAnotherServerSaysHoldsFromTheNextRequestOn() {
        var elsewhere = another().keys();
        var made = elsewhere.create(ANN);
        assertThat(letsIn(made.secret())).isTrue();
        assertThat(elsewhere.revoke(made.key().id()).revoked()).contains(START);
        assertThat(letsIn(made.secret())).isFalse();
        clock.forward(Duration.ofHours(1));
        assertThat(elsewhere.revoke(made.key().id()).revoked()).as("as it was").contains(START);
    }

    @Test
    void aKeyCeasesToHoldWhenItExpires() {
        var until = START.plus(Duration.ofMinutes(5));
        var made = keys.create(ANN.until(Optional.of(until)));
        var lasting = keys.create(ANN);
        clock.forward(Duration.ofMinutes(5).minusMillis(1));
        assertThat(letsIn(made.secret())).isTrue();
        clock.forward(Duration.ofMillis(1));
        assertThat(letsIn(made.secret())).isFalse();
        assertThat(letsIn(lasting.secret())).isTrue();
        assertThatThrownBy(() -> keys.create(ANN.until(Optional.of(until))))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("--expires must lie ahead, got 2027-01-01T10:05:00Z");
    }

    @Test
    void aRotatedKeyHoldsBesideTheNewOneForTheOverlap() {
        var old = keys.create(ANN.until(Optional.of(START.plus(Duration.ofDays(90)))));
        clock.forward(Duration.ofDays(80));
        var made = keys.rotate(old.key().id(), Duration.ofHours(24));
        assertThat(made.secret()).isNotEqualTo(old.secret());
        assertThat(made.key().grant().principal()).isEqualTo(ANN.principal());
        assertThat(made.key().grant().scopes()).isEqualTo(ANN.scopes());
        assertThat(made.key().grant().expires()).contains(START.plus(Duration.ofDays(170)));
        assertThat(keys.list().getFirst().replacedBy()).contains(made.key().id());
        assertThat(letsIn(old.secret()) && letsIn(made.secret())).isTrue();
        clock.forward(Duration.ofHours(24));
        assertThat(letsIn(old.secret())).isFalse();
        assertThat(letsIn(made.secret())).isTrue();
        assertThatThrownBy(() -> keys.rotate(old.key().id(), Duration.ZERO))
                .hasMessageContaining("was rotated to " + made.key().id());
        var last = keys.rotate(made.key().id(), Duration.ZERO);
        assertThat(letsIn(made.secret())).isFalse();
        assertThat(letsIn(last.secret())).isTrue();
    }

    @Test
    void anOverlapMakesNoKeyLastLonger() {
        var until = START.plus(Duration.ofHours(1));
        var old = keys.create(ANN.until(Optional.of(until)));
        keys.rotate(old.key().id(), Duration.ofDays(1));
        assertThat(keys.list().getFirst().grant().expires()).contains(until);
    }

    @Test
    void anIdThatNoKeyHasIsNamed() {
        for (var id : List.of("key-none", "' OR 1 = 1 --")) {
            assertThatThrownBy(() -> keys.revoke(id)).hasMessageContaining("there is no key " + id);
            assertThatThrownBy(() -> keys.rotate(id, Duration.ZERO))
                    .hasMessageContaining("`sartor keys list`");
        }
        assertThat(keys.list()).isEmpty();
    }

    @Test
    void keysThatAlwaysHoldDoSoBeside() {
        var own = ApiKey.of("the-key-of-the-server", Principal.local());
        try (var both = state.follow(List.of(own))) {
            var made = keys.create(ANN);
            assertThat(both.now().areAll()).isTrue();
            assertThat(both.now().find("the-key-of-the-server")).isPresent();
            assertThat(both.now().find(made.secret())).isPresent();
        }
    }

    @Test
    void aBackupThatIsRestoredElsewhereIsTheSame() {
        var ann = keys.create(ANN);
        clock.forward(Duration.ofHours(1));
        var next = keys.rotate(ann.key().id(), Duration.ofDays(2));
        keys.revoke(keys.create(ANN.until(Optional.of(START.plus(Duration.ofDays(9))))).key().id());
        var lines = new ArrayList<String>();
        assertThat(state.backup(lines::add)).isEqualTo(3);
        assertThat(lines).hasSize(5);
        assertThat(lines.toString()).doesNotContain(ann.secret(), next.secret());
        var restored = State.open(elsewhere.resolve("restored.db").toString(), clock, random);
        try (var letting = restored.follow(List.of())) {
            assertThat(letting.now().keys()).isEmpty();
            assertThat(restored.restore(lines)).isEqualTo(3);
            assertThat(restored.keys().list()).isEqualTo(keys.list());
            assertThat(letting.now().find(ann.secret())).isPresent();
            assertThat(letting.now().find(next.secret())).isPresent();
        }
        var again = new ArrayList<String>();
        restored.backup(again::add);
        assertThat(again).isEqualTo(lines);
    }

    @Test
    void whatIsNoWholeBackupLeavesTheStateAsItWas() {
        var lines = new ArrayList<String>();
        try (var other =
                State.open(elsewhere.resolve("other.db").toString(), clock, random)
                        .follow(List.of())) {
            assertThat(other.now().areAll()).isTrue();
        }
        var source = State.open(elsewhere.resolve("other.db").toString(), clock, random);
        source.keys().create(ANN);
        source.keys().create(ANN);
        source.backup(lines::add);
        for (var broken :
                List.of(
                        List.<String>of(),
                        lines.subList(0, 3),
                        lines.subList(1, 4),
                        List.of(lines.get(0), lines.get(1), lines.get(3)),
                        List.of(lines.get(0), "{", "{}", lines.get(3)),
                        List.of(
                                lines.get(0),
                                lines.get(1),
                                lines.get(2).replace("api_keys", "changes"),
                                lines.get(3)))) {
            assertThatThrownBy(() -> state.restore(broken))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("this is no whole backup of a state");
            assertThat(keys.list()).isEmpty();
        }
        state.restore(lines);
        assertThat(keys.list()).hasSize(2);
        assertThatThrownBy(() -> state.restore(lines))
                .hasMessageContaining("the state holds something already");
    }

    @Test
    void manyMakeAndTakeBackKeysAtOnceAndNoneIsLost() throws InterruptedException {
        var made = new ConcurrentLinkedQueue<NewKey>();
        var threads =
                IntStream.range(0, 8)
                        .mapToObj(_ ->
                                Thread.ofVirtual()
                                        .start(() -> {
                                            var own = another().keys();
                                            for (int i = 0; i < 10; i++) {
                                                made.add(own.create(ANN));
                                            }
                                        }))
                        .toList();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(made).hasSize(80);
        assertThat(keys.list()).hasSize(80);
        made.forEach(each -> assertThat(letsIn(each.secret())).isTrue());
    }
}
