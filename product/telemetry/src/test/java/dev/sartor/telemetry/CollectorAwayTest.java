package dev.sartor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A collector that refuses or is not there costs what it was to be told, and nothing else.
class CollectorAwayTest {
    static void answered(Shop shop, int requests) {
        for (int i = 0; i < requests; i++) {
            assertThat(shop.chat("m", "hello", Map.of()).at("/usage/total_tokens").asInt())
                    .isEqualTo(4);
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
}
