package dev.sartor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sartor.core.SartorException;
import dev.sartor.serve.quota.QuotaExceeded;
import dev.sartor.serve.quota.Quotas;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every database keeps of what callers use.
public abstract class QuotasContract {
    private static final Instant START = Instant.parse("2026-12-31T23:00:00Z");
    private static final OptionalLong ANY = OptionalLong.empty();
    private static final Quotas.User ANN = user("key-ann", "acme");
    private static final Quotas.User BEN = user("key-ben", "acme");

    private final SetClock clock = new SetClock(START);
    private final List<Quotas> open = new ArrayList<>();

    /// The address of a database that holds nothing yet; the same one until the test is over.
    protected abstract String address();

    private static Quotas.User user(String key, String tenant) {
        return new Quotas.User(Optional.of(key), Optional.of(tenant));
    }

    private State state() {
        return State.open(address(), clock, new Random(7));
    }

    /// As another server sees it.
    private Quotas quotas() {
        var quotas = state().quotas();
        open.add(quotas);
        return quotas;
    }

    @AfterEach
    void close() {
        open.forEach(Quotas::close);
    }

    private static Quotas.Usage tokens(long prompt, long completion) {
        return new Quotas.Usage("m", prompt, completion);
    }

    private static Quotas.Reservation reserve(Quotas quotas, Quotas.User user, long tokens) {
        return quotas.reserve(user, tokens(tokens, 0), () -> {});
    }

    private static CompletableFuture<Quotas.Reservation> later(
            Quotas quotas, Quotas.User user, long tokens) {
        return CompletableFuture.supplyAsync(
                () -> reserve(quotas, user, tokens), Thread::startVirtualThread);
    }

    private static QuotaExceeded refused(Quotas quotas, Quotas.User user, long tokens) {
        return catchThrowableOfType(QuotaExceeded.class, () -> reserve(quotas, user, tokens));
    }

    private void limit(LimitSubject subject, long requests, long tokens) {
        state().limits()
                .put(
                        subject,
                        new UsageLimits(
                                requests == 0 ? ANY : OptionalLong.of(requests),
                                tokens == 0 ? ANY : OptionalLong.of(tokens),
                                ANY,
                                ANY));
    }

    /// A token of a prompt costs a thousand billionths.
    private void budget(LimitSubject subject, long nanos) {
        state().limits().put(new TokenPrice("*", 1_000, 2_000));
        state().limits().put(subject, new UsageLimits(ANY, ANY, ANY, OptionalLong.of(nanos)));
    }

    @Test
    void aMinutesRequestsAreLetInAndTheNextAfterTheTimeThatItIsTold() {
        limit(LimitSubject.key("key-ann"), 2, 0);
        var quotas = quotas();
        assertThat(quotas.limits(ANN)).isTrue();
        assertThat(quotas.limits(BEN)).isFalse();
        reserve(quotas, ANN, 5).settle(tokens(5, 0));
        reserve(quotas, ANN, 5).settle(tokens(5, 0));
        var refused = refused(quotas, ANN, 5);
        assertThat(refused.limit()).isEqualTo(QuotaExceeded.Limit.RATE);
        assertThat(refused).hasMessageContaining("this key, 2 requests a minute, is reached");
        assertThat(refused.passes()).contains(Duration.ofSeconds(30));
        reserve(quotas, BEN, 5).settle(tokens(5, 0));
        clock.forward(Duration.ofSeconds(30).minusMillis(1));
        assertThat(refused(quotas, ANN, 5).passes()).contains(Duration.ofMillis(1));
        clock.forward(Duration.ofMillis(1));
        reserve(quotas, ANN, 5).settle(tokens(5, 0));
        clock.forward(Duration.ofDays(1));
        reserve(quotas, ANN, 5);
        reserve(quotas, ANN, 5);
        assertThat(refused(quotas, ANN, 5)).as("no more than a minute's").isNotNull();
    }

    @Test
    void whatWasReservedAndNotTakenIsFreeAgain() {
        limit(LimitSubject.each(LimitSubject.Kind.TENANT), 0, 100);
        var quotas = quotas();
        reserve(quotas, ANN, 60).settle(tokens(6, 4));
        var refused = refused(quotas, BEN, 95);
        assertThat(refused.passes()).contains(Duration.ofSeconds(3)); // five of a hundred a minute
        reserve(quotas, BEN, 90).settle(tokens(90, 0));
        assertThat(reserve(quotas, user("key-eve", "globex"), 100)).as("another's").isNotNull();
        var never = refused(quotas, ANN, 101);
        assertThat(never.passes()).isEmpty();
        assertThat(never).hasMessageContaining("can take 101 tokens, and 100 a minute");
    }

    @Test
    void aRequestWaitsForWhatOthersMayGiveBack() throws Exception {
        limit(LimitSubject.tenant("acme"), 0, 100);
        var quotas = quotas();
        var first = reserve(quotas, ANN, 80);
        var second = later(quotas, BEN, 80);
        assertThat(second).isNotDone();
        first.settle(tokens(10, 0));
        second.get(30, TimeUnit.SECONDS).settle(tokens(80, 0));
    }

    @Test
    void noMoreAreAnsweredAtOnceThanMayBe() throws Exception {
        state().limits()
                .put(
                        LimitSubject.tenant("acme"),
                        new UsageLimits(ANY, ANY, OptionalLong.of(2), ANY));
        var servers = List.of(quotas(), quotas());
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var all =
                IntStream.range(0, 20)
                        .mapToObj(i ->
                                CompletableFuture.runAsync(
                                        () -> {
                                            var held = reserve(servers.get(i % 2), ANN, 5);
                                            most.accumulateAndGet(
                                                    running.incrementAndGet(), Math::max);
                                            running.decrementAndGet();
                                            held.settle(tokens(5, 0));
                                        },
                                        Thread::startVirtualThread))
                        .toList();
        for (var each : all) {
            each.get(60, TimeUnit.SECONDS);
        }
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void aBudgetThatServersShareIsSpentToItsEndAndNotBeyond() throws Exception {
        budget(LimitSubject.tenant("acme"), 1_000_000); // a thousand tokens
        var servers = List.of(quotas(), quotas());
        var granted = new AtomicInteger();
        var all =
                IntStream.range(0, 200)
                        .mapToObj(i ->
                                CompletableFuture.runAsync(
                                        () -> {
                                            var held =
                                                    reserve(
                                                            servers.get(i % 2),
                                                            i % 3 == 0 ? ANN : BEN,
                                                            100);
                                            granted.incrementAndGet();
                                            held.settle(tokens(40, 0));
                                        },
                                        Thread::startVirtualThread))
                        .toList();
        int refused = 0;
        for (var each : all) {
            refused +=
                    each.handle((_, failure) -> failure == null ? 0 : 1).get(60, TimeUnit.SECONDS);
        }
        // After 23 there are 80 tokens left, in which none of at most 100 fits.
        assertThat(granted).hasValue(23);
        assertThat(refused).isEqualTo(177);
        close();
        var used = state().limits().used("2026-12");
        assertThat(used).extracting(UsedTokens::key).containsExactly(ANN.key(), BEN.key());
        assertThat(used.stream().mapToLong(each -> each.count().nanos()).sum()).isEqualTo(920_000);
    }

    @Test
    void aBudgetBeginsAnewWithTheMonth() {
        budget(LimitSubject.key("key-ann"), 100_000);
        var quotas = quotas();
        quotas.reserve(ANN, tokens(40, 30), () -> {}).settle(tokens(40, 30));
        var refused = refused(quotas, ANN, 1);
        assertThat(refused.limit()).isEqualTo(QuotaExceeded.Limit.BUDGET);
        assertThat(refused.passes()).contains(Duration.ofHours(1));
        assertThat(refused(quotas, ANN, 101).passes()).as("more than all of it").isEmpty();
        clock.forward(Duration.ofHours(1));
        reserve(quotas, ANN, 100).settle(tokens(100, 0));
        assertThat(refused(quotas, ANN, 1).passes()).contains(Duration.ofDays(31));
    }

    @Test
    void whatAServerLeftBehindThatEndedCountsAsTakenAfterAWhile() {
        budget(LimitSubject.key("key-ann"), 100_000);
        var killed = state().quotas();
        reserve(killed, ANN, 60);
        killed.close();
        var other = quotas();
        reserve(other, ANN, 40).settle(tokens(0, 0));
        var waiting = later(other, ANN, 50);
        clock.forward(Duration.ofMinutes(3));
        assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(QuotaExceeded.class);
        reserve(other, ANN, 40).settle(tokens(40, 0));
        other.close();
        var used = state().limits().used("2026-12");
        assertThat(used.getFirst().count()).isEqualTo(new UsedTokens.Count(3, 100, 0, 100_000));
    }

    @Test
    void whoeverLeavesTheLineTakesNothingWithIt() {
        limit(LimitSubject.key("key-ann"), 0, 100);
        var quotas = quotas();
        var first = reserve(quotas, ANN, 80);
        assertThatThrownBy(() ->
                        quotas.reserve(
                                ANN,
                                tokens(90, 0),
                                () -> {
                                    throw new IllegalStateException("gone");
                                }))
                .hasMessage("gone");
        first.settle(tokens(0, 0));
        reserve(quotas, ANN, 100).settle(tokens(0, 0));
    }

    @Test
    void whatIsUsedIsCountedForThoseWithoutLimitsToo() {
        var quotas = quotas();
        var nobody = new Quotas.User(Optional.empty(), Optional.empty());
        for (int i = 0; i < 3; i++) {
            reserve(quotas, ANN, 0).settle(tokens(10, i));
            reserve(quotas, nobody, 0).settle(tokens(1, 1));
        }
        quotas.close();
        assertThat(state().limits().used("2026-12"))
                .containsExactly(
                        new UsedTokens(
                                "2026-12",
                                Optional.empty(),
                                Optional.empty(),
                                "m",
                                new UsedTokens.Count(3, 3, 3, 0)),
                        new UsedTokens(
                                "2026-12",
                                ANN.tenant(),
                                ANN.key(),
                                "m",
                                new UsedTokens.Count(3, 30, 3, 0)));
        assertThat(state().limits().used("2027-01")).isEmpty();
    }

    @Test
    void limitsAreChangedAndTakenAwayWhileAServerRuns() throws Exception {
        var quotas = quotas();
        assertThat(quotas.limits(ANN)).isFalse();
        limit(LimitSubject.key("key-ann"), 1, 0);
        until(() -> quotas.limits(ANN));
        reserve(quotas, ANN, 1).settle(tokens(1, 0));
        assertThat(refused(quotas, ANN, 1)).isNotNull();
        state().limits().remove(LimitSubject.key("key-ann"));
        until(() -> !quotas.limits(ANN));
        reserve(quotas, ANN, 1).settle(tokens(1, 0));
        assertThatThrownBy(() -> state().limits().remove(LimitSubject.key("key-ann")))
                .hasMessageContaining("key key-ann has no limits of its own");
        assertThatThrownBy(() ->
                        state().limits()
                                .put(
                                        LimitSubject.key("key-ann"),
                                        new UsageLimits(ANY, ANY, ANY, OptionalLong.of(5))))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("no price is known");
    }

    private static void until(BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(10);
        }
    }
}
