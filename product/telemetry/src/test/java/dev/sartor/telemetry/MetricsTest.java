package dev.sartor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The conventions' histograms, as a collector gets them.
class MetricsTest {
    private static Map<String, Object> labels(HistogramDataPoint point) {
        return Collector.attributes(point.getAttributesList());
    }

    @Test
    void histogramsHaveTheConventionsBucketsAndTheRequestsFigures() {
        try (var collector = Collector.start()) {
            try (var shop = new Shop(collector)) {
                shop.chat("m", "one two three", Map.of());
                shop.chat("m", "one two three", Map.of("stream", true));
            }
            var duration = collector.points("gen_ai.server.request.duration");
            assertThat(duration)
                    .singleElement()
                    .satisfies(point -> {
                        assertThat(point.getCount()).isEqualTo(2);
                        assertThat(point.getExplicitBoundsList()).hasSize(14).contains(0.01, 81.92);
                        assertThat(labels(point))
                                .containsEntry("gen_ai.operation.name", "chat")
                                .containsEntry("gen_ai.provider.name", "sartor")
                                .containsEntry("gen_ai.request.model", "m")
                                .containsKeys("server.address", "server.port")
                                .hasSize(5);
                    });
            assertThat(collector.points("gen_ai.server.time_to_first_token"))
                    .singleElement()
                    .satisfies(point -> {
                        assertThat(point.getCount()).isEqualTo(2);
                        assertThat(point.getExplicitBoundsList()).hasSize(16).contains(0.001, 7.5);
                    });
            assertThat(collector.points("gen_ai.server.time_per_output_token"))
                    .singleElement()
                    .satisfies(point -> {
                        assertThat(point.getCount()).isEqualTo(2);
                        assertThat(point.getExplicitBoundsList()).hasSize(13).contains(0.025);
                    });
            var tokens =
                    collector.points("gen_ai.client.token.usage").stream()
                            .collect(
                                    Collectors.toMap(
                                            point -> labels(point).get("gen_ai.token.type"),
                                            HistogramDataPoint::getSum));
            assertThat(tokens).isEqualTo(Map.of("input", 10.0, "output", 6.0));
            assertThat(collector.bytes()).contains("sartor.running", "sartor.waiting");
        }
    }

    @Test
    void aModelThatIsNotServedMakesNoLabel() {
        try (var collector = Collector.start()) {
            try (var shop = new Shop(collector)) {
                for (int i = 0; i < 40; i++) {
                    shop.chat("made-up-" + i, "hello", Map.of());
                }
            }
            var points = collector.points("gen_ai.server.request.duration");
            assertThat(points)
                    .singleElement()
                    .satisfies(point -> {
                        assertThat(point.getCount()).isEqualTo(40);
                        assertThat(labels(point))
                                .containsEntry("error.type", "model_not_found")
                                .doesNotContainKey("gen_ai.request.model");
                    });
            assertThat(List.of(collector.bytes())).noneMatch(text -> text.contains("made-up"));
        }
    }
}
