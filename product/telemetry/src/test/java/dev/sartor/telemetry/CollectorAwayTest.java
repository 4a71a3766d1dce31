package dev.sartor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// A collector that hangs, refuses or is not there costs what it was to be told, and nothing else.
class CollectorAwayTest {
    private static void answered(Shop shop, int requests) {
        for (int i = 0; i < requests; i++) {
            assertThat(shop.chat("m", "hello", Map.of()).at("/usage/total_tokens").asInt())
                    .isEqualTo(4);
        }
    }

    @Test
    void oneThatHangsHoldsUpNeitherRequestsNorTheEnd() throws InterruptedException {
        try (var collector = Collector.hanging()) {
            var shop = new Shop(collector.url(), Map.of(), Duration.ofMillis(300));
            answered(shop, 1);
            assertThat(collector.reached.await(20, TimeUnit.SECONDS)).isTrue();
            answered(shop, 50); // it still holds the first
            shop.close(); // and is never answered
            assertThat(shop.said)
                    .last()
                    .asString()
                    .contains("spans were dropped", "when the server");
        }
    }

    @Test
    void oneThatRefusesIsSaidOnceAndNotForEachRequest() {
        try (var collector = Collector.answering(500)) {
            var shop = new Shop(collector);
            answered(shop, 3);
            shop.close();
            assertThat(shop.said).hasSizeBetween(1, 2);
            assertThat(String.join("\n", shop.said))
                    .contains("answered 500", "15 spans were dropped");
        }
    }

    @Test
    void oneThatIsNotThereIsSaid() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        var shop = new Shop("http://127.0.0.1:" + free, Map.of(), Duration.ofMillis(300));
        answered(shop, 1);
        shop.close();
        assertThat(String.join("\n", shop.said)).contains("spans were dropped");
    }

    @Test
    void lossesAreCountedAndSaidOnceAMinute() {
        var said = new ArrayList<String>();
        var now = new AtomicLong();
        var losses = new Losses(said::add, now::get);
        losses.say();
        assertThat(said).isEmpty();
        losses.spans(3, "it answered 500");
        losses.say();
        losses.spans(4, "it answered 500");
        losses.metrics("it did not answer in time");
        now.set(Losses.MINUTE - 1);
        losses.say();
        assertThat(said).singleElement().asString().contains("(it answered 500): 3 spans");
        now.set(Losses.MINUTE);
        losses.say();
        assertThat(said).hasSize(2);
        assertThat(said.getLast())
                .contains("(it did not answer in time): 4 spans", "metrics not told 1 times");
        losses.spans(1, "it is gone");
        losses.sayLast();
        assertThat(said).hasSize(3);
    }

    @Test
    void theQueueIsBounded() throws InterruptedException {
        try (var collector = Collector.hanging()) {
            var said = new ArrayList<String>();
            var losses = new Losses(said::add, System::nanoTime);
            assertThat(SpanFlood.through(collector.url(), losses, 10_000)).isEqualTo(10_000);
            assertThat(List.copyOf(said)).last().asString().contains("slower than they come");
        }
    }
}
