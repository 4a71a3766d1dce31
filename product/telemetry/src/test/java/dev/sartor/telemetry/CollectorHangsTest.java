package dev.sartor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A collector that takes requests and never answers.
@Timeout(60) // whoever waited for it would wait for minutes
class CollectorHangsTest {
    @Test
    void oneThatHangsHoldsUpNeitherRequestsNorTheEnd() throws InterruptedException {
        try (var collector = Collector.hanging()) {
            var shop = new Shop(collector.url(), Map.of(), Duration.ofMillis(300));
            CollectorAwayTest.answered(shop, 1);
            assertThat(collector.reached.await(20, TimeUnit.SECONDS)).isTrue();
            CollectorAwayTest.answered(shop, 50); // it still holds the first
            shop.close(); // and is never answered
            assertThat(shop.said)
                    .last()
                    .asString()
                    .contains("spans were dropped", "when the server");
        }
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
