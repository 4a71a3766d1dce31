package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.serve.quota.QuotaExceeded;
import dev.sartor.serve.quota.Quotas;
import dev.sartor.serve.server.Client;
import dev.sartor.serve.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What a server asks before it answers, and what it tells of what was taken.
class LimitedTest {
    private static final String KEY = "the-key-of-ann";
    private static final ApiKey ANN =
            ApiKey.of(KEY, new Principal(Set.of("user:ann", "tenant:acme"))).withId("key-1");

    private final CopyOnWriteArrayList<Quotas.User> users = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Quotas.Usage> reserved = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Quotas.Usage> taken = new CopyOnWriteArrayList<>();

    /// Lets all in, and writes down what it hears.
    private final Quotas listening =
            new Quotas() {
                @Override
                public boolean limits(User user) {
                    return true;
                }

                @Override
                public Reservation reserve(User user, Usage most, Runnable stayInLine) {
                    users.add(user);
                    reserved.add(most);
                    return taken::add;
                }
            };

    private static Quotas refusing(RuntimeException why) {
        return new Quotas() {
            @Override
            public boolean limits(User user) {
                return true;
            }

            @Override
            public Reservation reserve(User user, Usage most, Runnable stayInLine) {
                throw why;
            }
        };
    }

    private static Server start(Quotas quotas, ServedModels models) {
        return Server.start(
                ServerSettings.local(0)
                        .withApiKey(ANN)
                        .withPorts(ServerPorts.none().withQuotas(quotas)),
                models);
    }

    @Test
    void theMostThatARequestCanTakeIsReservedAndWhatItTookIsTold() {
        try (var server = start(listening, Served.chat(new Echo()));
                var client = new Client(server.url(), Optional.of(KEY))) {
            assertThat(client.chat(Served.ONE_MESSAGE).status()).isEqualTo(200);
            assertThat(users)
                    .containsExactly(new Quotas.User(Optional.of("key-1"), Optional.of("acme")));
            // No one counts Echo's tokens: a byte each, and what a template puts around two
            // messages at most.
            assertThat(reserved).containsExactly(new Quotas.Usage("m", 12 + 2 * 64, 5));
            assertThat(taken).containsExactly(new Quotas.Usage("m", 3, 3));
            client.chat(
                    Served.ONE_MESSAGE.replace(
                            "{\"model", "{\"n\": 3, \"max_tokens\": 2, \"model"));
            assertThat(reserved.getLast().completion()).isEqualTo(6);
            assertThat(taken.getLast()).isEqualTo(new Quotas.Usage("m", 3, 6));
            client.post("/v1/embeddings", "{\"model\": \"e\", \"input\": [\"four\", \"three\"]}");
            assertThat(reserved.getLast()).isEqualTo(taken.getLast());
            assertThat(taken.getLast().completion()).isZero();
            assertThat(taken.getLast().prompt()).isPositive();
        }
    }

    @Test
    void whoeverHangsUpPaysForWhatWasSaid() throws Exception {
        var held = Held.speaking();
        try (var server = start(listening, Served.chat(held));
                var client = new Client(server.url(), Optional.of(KEY))) {
            var stream = client.open(Served.ONE_STREAM);
            held.started.await();
            stream.body().read();
            stream.body().close();
            Patience.until(() -> taken.size() == 1);
            assertThat(taken.getFirst().prompt()).isEqualTo(reserved.getFirst().prompt());
            assertThat(taken.getFirst().completion()).isPositive();
        }
    }

    @Test
    void whatFailsIsSettledToo() {
        try (var server =
                        start(
                                listening,
                                Served.chat(
                                        new Failing(
                                                List.of(),
                                                () -> new IllegalStateException("no"))));
                var client = new Client(server.url(), Optional.of(KEY))) {
            assertThat(client.chat(Served.ONE_MESSAGE).status()).isEqualTo(500);
            assertThat(taken).hasSize(1);
        }
    }

    @Test
    void aLimitThatIsReachedSaysWhenItPasses() {
        var soon =
                new QuotaExceeded(
                        QuotaExceeded.Limit.RATE,
                        "The limit is reached: try again later.",
                        Optional.of(Duration.ofMillis(2_001)));
        var month =
                new QuotaExceeded(
                        QuotaExceeded.Limit.BUDGET,
                        "The budget is spent.",
                        Optional.of(Duration.ofDays(3)));
        var never = new QuotaExceeded(QuotaExceeded.Limit.RATE, "Too large.", Optional.empty());
        for (var why : List.of(soon, month, never)) {
            try (var server = start(refusing(why), Served.chat(new Echo()));
                    var client = new Client(server.url(), Optional.of(KEY))) {
                for (var body : List.of(Served.ONE_MESSAGE, Served.ONE_STREAM)) {
                    var reply = client.chat(body);
                    assertThat(reply.message()).isEqualTo(why.getMessage());
                    assertThat(reply.status()).isEqualTo(why == never ? 400 : 429);
                    assertThat(reply.header("retry-after"))
                            .isEqualTo(
                                    why == never
                                            ? Optional.empty()
                                            : Optional.of(why == soon ? "3" : "259200"));
                    assertThat(reply.code())
                            .isEqualTo(
                                    why == soon
                                            ? "rate_limit_exceeded"
                                            : why == month
                                                    ? "insufficient_quota"
                                                    : "request_too_large");
                }
            }
        }
    }

    @Test
    void nobodyIsAnsweredWhoCannotBeCounted() {
        var away = SartorException.missing("postgresql://db.acme/state is away");
        try (var server = start(refusing(away), Served.chat(new Echo()));
                var client = new Client(server.url(), Optional.of(KEY))) {
            var reply = client.chat(Served.ONE_MESSAGE);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("quotas_unavailable");
            assertThat(reply.text()).doesNotContain("postgresql");
        }
    }

    @Test
    void whoeverWaitsForALimitAndHangsUpLeavesTheLine() throws Exception {
        var waiting = new CountDownLatch(1);
        var left = new CountDownLatch(1);
        var endless =
                new Quotas() {
                    @Override
                    public boolean limits(User user) {
                        return true;
                    }

                    @Override
                    public Reservation reserve(User user, Usage most, Runnable stayInLine) {
                        waiting.countDown();
                        try {
                            while (true) {
                                stayInLine.run();
                                Thread.sleep(10);
                            }
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        } finally {
                            left.countDown();
                        }
                    }
                };
        try (var server = start(endless, Served.chat(new Echo()))) {
            try (var client = new Client(server.url(), Optional.of(KEY))) {
                var _ = client.chatLater(Served.ONE_MESSAGE);
                waiting.await();
                assertThat(left.getCount()).isEqualTo(1);
            }
            left.await();
        }
    }
}
