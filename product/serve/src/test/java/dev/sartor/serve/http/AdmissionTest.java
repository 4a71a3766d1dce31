package dev.sartor.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sartor.core.Principal;
import dev.sartor.serve.Held;
import dev.sartor.serve.Limits;
import dev.sartor.serve.Patience;
import dev.sartor.serve.Served;
import dev.sartor.serve.server.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Admission.Holder ALONE = new Admission.Holder(Principal.local(), false);

    private static void stayInLine() {}

    private static Admission.Ticket enter(Admission admission) {
        return enter(admission, ALONE);
    }

    private static Admission.Ticket enter(Admission admission, Admission.Holder holder) {
        return admission.enter(holder, 1, AdmissionTest::stayInLine);
    }

    private static Admission.Holder holder(String name) {
        return new Admission.Holder(new Principal(Set.of("user:" + name)), true);
    }

    @Test
    void aRequestForSeveralAnswersTakesAPlaceForEachAndIsNotPassedByThoseBehindIt()
            throws Exception {
        var admission = new Admission(Limits.usual().withRunning(4, 4));
        var one = enter(admission);
        var order = Collections.synchronizedList(new ArrayList<String>());
        var large =
                later(() -> {
                    try (var _ = admission.enter(ALONE, 100, AdmissionTest::stayInLine)) {
                        order.add("large, running " + admission.running());
                    }
                });
        Patience.until(() -> admission.waiting() == 1);
        var small =
                later(() -> {
                    try (var _ = enter(admission, holder("ann"))) {
                        order.add("small");
                    }
                });
        Patience.until(() -> admission.waiting() == 2);
        one.close();
        large.get(60, TimeUnit.SECONDS);
        small.get(60, TimeUnit.SECONDS);
        assertThat(order).isEqualTo(List.of("large, running 4", "small"));
        assertThat(admission.isIdleWithin(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void aLargeRequestIsNotPassedByItsHoldersLaterSmallOnes() throws Exception {
        var admission = new Admission(Limits.usual().withRunning(4, 8));
        var bob = holder("bob");
        var one = enter(admission, bob);
        var order = Collections.synchronizedList(new ArrayList<String>());
        var all = new ArrayList<CompletableFuture<Void>>();
        for (int places : List.of(3, 1)) {
            all.add(
                    later(() -> {
                        try (var _ = admission.enter(bob, places, AdmissionTest::stayInLine)) {
                            order.add(places + " places");
                        }
                    }));
            Patience.until(() -> admission.waiting() == all.size());
        }
        enter(admission, holder("ann")).close(); // others are not kept waiting by bob's share
        one.close();
        for (var each : all) {
            each.get(60, TimeUnit.SECONDS);
        }
        assertThat(order).isEqualTo(List.of("3 places", "1 places"));
    }

    @Test
    void oneOfSeveralHoldersNeverTakesAllPlacesNorTheWholeLine() throws Exception {
        var admission = new Admission(Limits.usual().withRunning(4, 4));
        var bob = holder("bob");
        var anns = new ArrayList<Admission.Ticket>();
        var bobs = new ArrayList<Admission.Ticket>();
        for (int i = 0; i < 3; i++) {
            bobs.add(enter(admission, bob));
        }
        var waiting = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 3; i++) {
            int inLine = i + 1;
            waiting.add(later(() -> enter(admission, bob).close()));
            Patience.until(() -> admission.waiting() == inLine);
        }
        assertThatThrownBy(() -> enter(admission, bob))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.failure().message())
                                        .startsWith("3 of your requests are waiting"));
        anns.add(enter(admission, holder("ann"))); // at once, past the line
        assertThat(admission.running()).isEqualTo(4);
        var next = later(() -> enter(admission, holder("ann")).close());
        Patience.until(() -> admission.waiting() == 4);
        anns.getFirst().close(); // the first in line has its share already
        next.get(60, TimeUnit.SECONDS);
        assertThat(admission.waiting()).isEqualTo(3);
        bobs.getFirst().close();
        for (var one : waiting) {
            one.get(60, TimeUnit.SECONDS);
        }
        bobs.forEach(Admission.Ticket::close);
        assertThat(admission.running()).isZero();
        assertThat(admission.isIdleWithin(Duration.ZERO)).isTrue();
    }

    @Test
    void aRequestBeyondTheLineIsRefusedWithTheTimeToTryAgain() throws Exception {
        var held = Held.silent();
        try (var server = Served.start(Served.chat(held), Limits.usual().withRunning(1, 1));
                var client = new Client(server)) {
            var first = client.chatLater(Served.ONE_MESSAGE);
            held.started.await();
            var second = client.chatLater(Served.ONE_MESSAGE);
            Patience.until(() ->
                    client.get("/metrics").text().contains("sartor_waiting{kind=\"chat\"} 1"));
            var third = client.chat(Served.ONE_MESSAGE);
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.code()).isEqualTo("rate_limit_exceeded");
            assertThat(third.message())
                    .contains("1 answers are being made and 1 requests are waiting");
            assertThat(Integer.parseInt(third.header("retry-after").orElseThrow()))
                    .isBetween(1, 60);
            assertThat(embedding(client)).isEqualTo(200);
            held.release();
            assertThat(first.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(second.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
    }

    @Test
    void aRequestThatStoodInLineTooLongIsRefused() throws Exception {
        var held = Held.silent();
        var limits = Limits.usual().withRunning(1, 5).withLongestWait(Duration.ofMillis(100));
        try (var server = Served.start(Served.chat(held), limits);
                var client = new Client(server)) {
            var first = client.chatLater(Served.ONE_MESSAGE);
            held.started.await();
            assertThat(client.chat(Served.ONE_MESSAGE).status()).isEqualTo(429);
            held.release();
            assertThat(first.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(client.chat(Served.ONE_MESSAGE).status()).isEqualTo(200);
        }
    }

    @Test
    void noMoreThanTheLimitRunAtOnceAndAllGetTheirTurn() throws Exception {
        var admission = new Admission(Limits.usual().withRunning(3, 100));
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var all = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 60; i++) {
            all.add(
                    later(() -> {
                        try (var _ = enter(admission)) {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            sleep(2);
                            running.decrementAndGet();
                        }
                    }));
        }
        for (var one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
        assertThat(most).hasValue(3);
        assertThat(admission.running()).isZero();
        assertThat(admission.isIdleWithin(Duration.ZERO)).isTrue();
    }

    @Test
    void theLineIsServedInOrder() throws Exception {
        var admission = new Admission(Limits.usual().withRunning(1, 10));
        var order = Collections.synchronizedList(new ArrayList<Integer>());
        var first = enter(admission);
        var all = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 5; i++) {
            int place = i;
            all.add(
                    later(() -> {
                        try (var _ = enter(admission)) {
                            order.add(place);
                        }
                    }));
            Patience.until(() -> admission.waiting() == place + 1);
        }
        first.close();
        for (var one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
        assertThat(order).isEqualTo(List.of(0, 1, 2, 3, 4));
    }

    @Test
    void whoeverLosesPatienceLeavesTheLineAndItsPlaceToTheNext() throws Exception {
        var admission = new Admission(Limits.usual().withRunning(1, 10));
        var first = enter(admission);
        assertThatThrownBy(() ->
                        admission.enter(
                                ALONE,
                                1,
                                () -> {
                                    throw new IllegalStateException("gone");
                                }))
                .hasMessage("gone");
        assertThat(admission.waiting()).isZero();
        assertThat(admission.isIdleWithin(Duration.ofMillis(10))).isFalse();
        first.close();
        first.close();
        assertThat(admission.running()).isZero();
        enter(admission).close();
    }

    @Test
    void aCutReachesThoseInLineAndThoseRunning() throws Exception {
        var admission = new Admission(Limits.usual().withRunning(1, 10));
        var first = enter(admission);
        var second = later(() -> enter(admission).close());
        Patience.until(() -> admission.waiting() == 1);
        admission.cut();
        assertThatThrownBy(() -> second.get(60, TimeUnit.SECONDS))
                .hasCauseInstanceOf(Refused.class);
        assertThatThrownBy(admission::refuseIfCut).isInstanceOf(Refused.class);
        first.close();
    }

    @Test
    void aRequestIsRefusedNoSoonerThanItsTimeInLineIsOver() {
        var admission =
                new Admission(
                        Limits.usual().withRunning(1, 4).withLongestWait(Duration.ofMillis(300)));
        var looks = new AtomicInteger();
        try (var _ = enter(admission)) {
            long start = System.nanoTime();
            assertThat(refusal(() -> admission.enter(ALONE, 1, looks::incrementAndGet)).message())
                    .isEqualTo("No place came free within 0 s: try again later.");
            assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(250).toNanos());
        }
        assertThat(looks).hasValueGreaterThan(1);
        assertThat(admission.waiting()).isZero();
        assertThat(admission.running()).isZero();
    }

    @Test
    void aRequestStaysInLineOverManyLooksAndThenGetsItsPlace() throws Exception {
        var admission = new Admission(Limits.usual().withRunning(1, 4));
        var first = enter(admission);
        var looks = new AtomicInteger();
        var second = later(() -> admission.enter(ALONE, 1, looks::incrementAndGet).close());
        Patience.until(() -> looks.get() > 2);
        assertThat(second).isNotDone();
        first.close();
        second.get(60, TimeUnit.SECONDS);
        assertThat(admission.running()).isZero();
    }

    @Test
    void whoeverIsAloneDoesNotPassItsOwnLargeRequest() throws Exception {
        var admission = new Admission(Limits.usual().withRunning(2, 4));
        var one = enter(admission);
        var large = later(() -> admission.enter(ALONE, 2, AdmissionTest::stayInLine).close());
        Patience.until(() -> admission.waiting() == 1);
        var small = later(() -> enter(admission).close());
        Patience.until(() -> admission.waiting() == 2);
        assertThat(admission.running()).isEqualTo(1);
        one.close();
        large.get(60, TimeUnit.SECONDS);
        small.get(60, TimeUnit.SECONDS);
    }

    @Test
    void oneOfSeveralHoldersGetsThreeQuartersOfThePlacesAtMost() {
        var admission = new Admission(Limits.usual().withRunning(8, 0));
        try (var _ = admission.enter(holder("ann"), 100, AdmissionTest::stayInLine)) {
            assertThat(admission.running()).isEqualTo(6);
            assertThat(refusal(() -> enter(admission, holder("ann"))).status()).isEqualTo(429);
            try (var _ = admission.enter(holder("bob"), 2, AdmissionTest::stayInLine)) {
                assertThat(admission.running()).isEqualTo(8);
                assertThat(refusal(() -> enter(admission, holder("eve"))).status()).isEqualTo(429);
            }
        }
    }

    @Test
    void whoeverHoldsTheOnlyKeyMayTakeAllPlaces() {
        var admission = new Admission(Limits.usual().withRunning(8, 0));
        try (var _ = admission.enter(ALONE, 100, AdmissionTest::stayInLine)) {
            assertThat(admission.running()).isEqualTo(8);
        }
    }

    @Test
    void placesGivenBackAreTheirHoldersAgain() {
        var admission = new Admission(Limits.usual().withRunning(8, 0));
        var ann = holder("ann");
        var two = admission.enter(ann, 2, AdmissionTest::stayInLine);
        var four = admission.enter(ann, 4, AdmissionTest::stayInLine);
        assertThat(refusal(() -> enter(admission, ann)).status()).isEqualTo(429);
        two.close();
        assertThat(admission.running()).isEqualTo(4);
        try (var _ = admission.enter(ann, 2, AdmissionTest::stayInLine)) {
            assertThat(admission.running()).isEqualTo(6);
            assertThat(refusal(() -> enter(admission, ann)).status()).isEqualTo(429);
        }
        four.close();
    }

    @Test
    void whoeverWaitsForQuietHearsOfItAtOnce() throws Exception {
        var admission = new Admission(Limits.usual().withRunning(1, 4));
        var ticket = enter(admission);
        long start = System.nanoTime();
        var quiet =
                CompletableFuture.supplyAsync(
                        () -> admission.isIdleWithin(Duration.ofSeconds(20)),
                        Thread::startVirtualThread);
        sleep(50);
        ticket.close();
        assertThat(quiet.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(15).toNanos());
    }

    @Test
    void aRequestInLineIsNoQuiet() {
        var admission = new Admission(Limits.usual().withRunning(1, 4));
        try (var _ = enter(admission)) {
            fill(admission, 1);
            assertThat(admission.isIdleWithin(Duration.ZERO)).isFalse();
            admission.cut();
        }
        Patience.until(() -> admission.waiting() == 0);
        assertThat(admission.isIdleWithin(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void anInterruptedThreadNeitherWaitsForQuietNorForAPlace() {
        var admission = new Admission(Limits.usual().withRunning(1, 4));
        try (var _ = enter(admission)) {
            Thread.currentThread().interrupt();
            assertThat(admission.isIdleWithin(Duration.ofSeconds(20))).isFalse();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertThat(refusal(() -> enter(admission)).code()).contains("stopping");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(admission.waiting()).isZero();
        } finally {
            Thread.interrupted();
        }
    }

    private static Failure refusal(ThrowingCallable call) {
        return catchThrowableOfType(Refused.class, call).failure();
    }

    /// So many stand in line, until a cut.
    private static void fill(Admission admission, int count) {
        for (int i = 0; i < count; i++) {
            var _ = later(() -> enter(admission).close());
        }
        Patience.until(() -> admission.waiting() == count);
    }

    private static int embedding(Client client) {
        return client.post("/v1/embeddings", "{\"model\": \"e\", \"input\": \"a\"}").status();
    }

    private static CompletableFuture<Void> later(Runnable work) {
        return CompletableFuture.runAsync(work, Thread::startVirtualThread);
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
