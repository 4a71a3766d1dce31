package dev.sartor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.state.promotion.FollowedPromotions;
import dev.sartor.state.promotion.KeptVersion;
import dev.sartor.state.promotion.Promotions;
import dev.sartor.state.promotion.PromptPlace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every database keeps of promotions.
public abstract class PromotionsContract {
    private static final Instant START = Instant.parse("2027-01-01T10:00:00Z");
    private static final PromptPlace ALL = new PromptPlace("desk", "route", Optional.empty());
    private static final PromptPlace ACME = new PromptPlace("desk", "route", Optional.of("acme"));
    private static final PromptPlace BETA = new PromptPlace("desk", "route", Optional.of("beta"));
    private static final String OLD = "{\"instruction\":\"Wh\u00e4t team?\"}";
    private static final String NEXT = "{\"instruction\":\"Which team?\"}";

    @TempDir private Path elsewhere;

    private final SetClock clock = new SetClock(START);
    private State state;
    private Promotions promotions;
    private FollowedPromotions followed;

    /// The address of a database that holds nothing yet; the same one until the test is over.
    protected abstract String address();

    /// Runs a statement past the state.
    protected abstract void sql(String statement);

    @BeforeEach
    void open() {
        state = another(address());
        promotions = state.promotions();
        followed = another(address()).followPromotions();
    }

    @AfterEach
    void close() {
        followed.close();
    }

    /// As another server, or a command, sees it.
    private State another(String address) {
        return State.open(address, clock, new Random(7));
    }

    private static String digest(String content) {
        return Sha256.of(content);
    }

    @Test
    void whatIsPromotedIsKnownToAnotherServerAtItsNextQuestionWithWhatItSays() {
        assertThat(followed.now().counting(ALL)).isEmpty();
        assertThat(promotions.promote(ALL, OLD)).isEmpty();
        assertThat(followed.known().counting(ALL)).as("nothing was asked").isEmpty();
        assertThat(followed.now().counting(ALL)).contains(digest(OLD));
        assertThat(followed.content(ALL, digest(OLD))).isEqualTo(OLD);
        clock.forward(Duration.ofSeconds(1));
        assertThat(promotions.promote(ALL, NEXT)).contains(digest(OLD));
        assertThat(followed.now().counting(ALL)).contains(digest(NEXT));
        assertThat(followed.now().versions(ALL))
                .containsExactly(
                        new KeptVersion(digest(OLD), START, false),
                        new KeptVersion(digest(NEXT), START.plusSeconds(1), true));
        assertThat(promotions.list(ALL)).isEqualTo(followed.now().versions(ALL));
    }

    @Test
    void anOldVersionIsPromotedAgainAndAPromotionIsTakenBack() {
        promotions.promote(ALL, OLD);
        promotions.promote(ALL, NEXT);
        promotions.promote(ALL, OLD);
        assertThat(followed.now().counting(ALL)).contains(digest(OLD));
        assertThat(promotions.withdraw(ALL)).isTrue();
        assertThat(promotions.withdraw(ALL)).isFalse();
        assertThat(followed.now().counting(ALL)).isEmpty();
        assertThat(followed.now().versions(ALL)).as("by their names").hasSize(2);
    }

    @Test
    void aTenantsVersionsAreInNoOthersListAndOtherProjectsHaveTheirOwn() {
        promotions.promote(ACME, OLD);
        promotions.promote(ALL, NEXT);
        assertThat(followed.now().counting(ACME)).contains(digest(OLD));
        assertThat(followed.now().counting(BETA)).isEmpty();
        assertThat(promotions.list(BETA)).isEmpty();
        assertThat(promotions.list(ALL)).extracting(KeptVersion::digest).containsOnly(digest(NEXT));
        assertThatThrownBy(() -> followed.content(BETA, digest(OLD)))
                .hasMessageContaining("is not there");
        assertThat(followed.now().versions(new PromptPlace("shop", "route", Optional.empty())))
                .isEmpty();
        assertThat(promotions.withdraw(BETA)).isFalse();
        assertThat(followed.now().counting(ACME)).contains(digest(OLD));
    }

    @Test
    void aTextThatIsNotWhatItsDigestSaysIsRefusedByName() {
        promotions.promote(ALL, OLD);
        sql("UPDATE prompt_versions SET content = '{\"instruction\":\"Say all.\"}'");
        assertThatThrownBy(() -> followed.content(ALL, digest(OLD)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(digest(OLD) + " of task 'route' in ")
                .hasMessageContaining("was edited: its text has another digest");
        promotions.promote(ALL, OLD);
        assertThat(followed.content(ALL, digest(OLD))).isEqualTo(OLD);
    }

    @Test
    void aVersionThatIsTooLongIsRefusedAndChangesNothing() {
        assertThatThrownBy(() -> promotions.promote(ALL, "x".repeat((1 << 20) + 1)))
                .hasMessageContaining("must have at most 1048576 characters, got 1048577");
        var longest = "x".repeat(1 << 20);
        promotions.promote(ALL, longest);
        assertThat(followed.content(ALL, digest(longest))).isEqualTo(longest);
    }

    @Test
    void theVersionsThatWerePromotedLeastLatelyGoAndTheOneThatCountsStays() {
        promotions.promote(ACME, OLD);
        IntStream.rangeClosed(0, 100)
                .forEach(i -> {
                    clock.forward(Duration.ofMillis(1));
                    promotions.promote(ALL, "version " + i);
                });
        var digests = promotions.list(ALL).stream().map(KeptVersion::digest).toList();
        assertThat(digests).hasSize(100).doesNotContain(digest("version 0"));
        clock.forward(Duration.ofDays(-1));
        promotions.promote(ALL, NEXT);
        assertThat(followed.now().counting(ALL)).contains(digest(NEXT));
        assertThat(followed.content(ALL, digest(NEXT))).isEqualTo(NEXT);
        assertThat(promotions.list(ACME)).hasSize(1);
    }

    @Test
    void namesThatNoTenantHasAreRefused() {
        for (var name : List.of("", " acme", "a\u0000b", "x".repeat(201))) {
            assertThatThrownBy(() -> new PromptPlace("desk", "route", Optional.of(name)))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("--tenant must be 1 to 200 characters");
        }
    }

    @Test
    void aBackupThatIsRestoredElsewhereHasThePromotionsAndWhatTheySay() {
        promotions.promote(ALL, OLD);
        promotions.promote(ALL, NEXT);
        promotions.promote(ACME, OLD);
        var lines = new ArrayList<String>();
        assertThat(state.backup(lines::add)).isEqualTo(5);
        var restored = another(elsewhere.resolve("restored.db").toString());
        try (var there = restored.followPromotions()) {
            assertThat(there.now().kept()).isEmpty();
            restored.restore(lines);
            assertThat(there.now()).isEqualTo(followed.now());
            assertThat(there.content(ACME, digest(OLD))).isEqualTo(OLD);
        }
        var again = new ArrayList<String>();
        restored.backup(again::add);
        assertThat(again).isEqualTo(lines);
    }

    @Test
    void thoseWhoPromoteAtOnceLeaveOneThatCounts() throws InterruptedException {
        var threads =
                IntStream.range(0, 8)
                        .mapToObj(i ->
                                Thread.ofVirtual()
                                        .start(() ->
                                                another(address())
                                                        .promotions()
                                                        .promote(ALL, "version " + i)))
                        .toList();
        for (var thread : threads) {
            thread.join();
        }
        var now = followed.now().versions(ALL);
        assertThat(now).hasSize(8).filteredOn(KeptVersion::counts).hasSize(1);
        assertThat(promotions.list(ALL)).isEqualTo(now);
    }
}
