package dev.sartor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What a collector is sent of requests to a real server, read by OpenTelemetry's published protocol.
class TracesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private static Collector told(Consumer<Shop> requests) {
        return told(Map.of(), requests);
    }

    private static Collector told(Map<String, String> environment, Consumer<Shop> requests) {
        var collector = Collector.start();
        try (var shop = new Shop(collector.url(), environment, Duration.ofSeconds(20))) {
            requests.accept(shop);
        }
        return collector;
    }

    private static Span root(Collector collector) {
        return roots(collector).getFirst();
    }

    private static List<Span> roots(Collector collector) {
        return collector.spans().stream()
                .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
                .toList();
    }

    private static Map<String, Object> attributes(Span span) {
        return Collector.attributes(span.getAttributesList());
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Test
    void aRequestIsASpanWithItsPartsBelowItAndItsAnswersTokens() {
        var usage = new long[3];
        try (var collector =
                told(shop -> {
                    var reply =
                            shop.chat(
                                    "m",
                                    "say it again",
                                    Map.of("max_tokens", 20, "temperature", 0.5));
                    usage[0] = reply.at("/usage/prompt_tokens").asLong();
                    usage[1] = reply.at("/usage/completion_tokens").asLong();
                    usage[2] = shop.url().getPort();
                })) {
            var root = root(collector);
            assertThat(root.getName()).isEqualTo("chat m");
            assertThat(root.getParentSpanId()).isEmpty();
            assertThat(attributes(root))
                    .containsEntry("gen_ai.operation.name", "chat")
                    .containsEntry("gen_ai.provider.name", "sartor")
                    .containsEntry("gen_ai.request.model", "m")
                    .containsEntry("gen_ai.response.model", "m")
                    .containsEntry("gen_ai.request.max_tokens", 20L)
                    .containsEntry("gen_ai.request.temperature", 0.5)
                    .containsEntry("gen_ai.usage.input_tokens", usage[0])
                    .containsEntry("gen_ai.usage.output_tokens", usage[1])
                    .containsEntry("gen_ai.usage.cache_read.input_tokens", 1L)
                    .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
                    .containsEntry("http.response.status_code", 200L)
                    .containsEntry("http.route", "/v1/chat/completions")
                    .containsEntry("server.address", "127.0.0.1")
                    .containsEntry("server.port", usage[2])
                    .containsEntry("enduser.id", "ann")
                    .containsEntry("sartor.tenant", "acme")
                    .containsEntry("sartor.key", "key-1")
                    .doesNotContainKey("error.type");
            assertThat(usage[0]).isEqualTo(5);
            assertThat(usage[1]).isEqualTo(3);
            assertPartsBelow(root, collector);
            assertThat(collector.resource()).containsEntry("service.name", "sartor");
        }
    }

    private static void assertPartsBelow(Span root, Collector collector) {
        var parts =
                collector.spans().stream()
                        .filter(span -> span.getParentSpanId().equals(root.getSpanId()))
                        .toList();
        assertThat(parts)
                .extracting(Span::getName)
                .containsExactly("queue", "retrieval", "prompt", "generate");
        long before = root.getStartTimeUnixNano();
        for (var part : parts) {
            assertThat(part.getTraceId()).isEqualTo(root.getTraceId());
            assertThat(part.getStartTimeUnixNano()).isGreaterThanOrEqualTo(before);
            assertThat(part.getEndTimeUnixNano())
                    .isBetween(part.getStartTimeUnixNano(), root.getEndTimeUnixNano());
            before = part.getEndTimeUnixNano();
        }
        assertThat(attributes(parts.get(1)))
                .containsEntry("sartor.retrieval.passages", 2L)
                .containsEntry("sartor.retrieval.omitted", 1L);
        assertThat(attributes(parts.get(3)))
                .containsEntry("gen_ai.usage.output_tokens", 3L)
                .containsKey("sartor.time_to_first_token");
    }

    @Test
    void aStreamAndSeveralAnswersAreToldAsWell() {
        try (var collector =
                told(shop -> {
                    shop.chat("m", "one two", Map.of("stream", true));
                    shop.chat("m", "one two", Map.of("n", 3));
                })) {
            var stream = attributes(roots(collector).getFirst());
            assertThat(stream)
                    .containsEntry("gen_ai.request.stream", true)
                    .containsEntry("gen_ai.usage.output_tokens", 2L)
                    .doesNotContainKey("gen_ai.request.max_tokens");
            var three = roots(collector).getLast();
            assertThat(attributes(three))
                    .containsEntry("gen_ai.request.choice.count", 3L)
                    .containsEntry("gen_ai.usage.input_tokens", 4L)
                    .containsEntry("gen_ai.usage.output_tokens", 6L)
                    .containsEntry(
                            "gen_ai.response.finish_reasons", List.of("stop", "stop", "stop"));
            assertThat(collector.spans())
                    .filteredOn(span -> span.getParentSpanId().equals(three.getSpanId()))
                    .hasSize(1 + 3 * 3);
        }
    }

    @Test
    void aCallersTraceGoesOnAndWhatIsNoneIsNotTaken() {
        try (var collector =
                told(shop -> {
                    shop.chat("m", "hello", Map.of(), "traceparent", PARENT);
                    for (var none :
                            List.of(
                                    PARENT + "-" + "ab".repeat(3000),
                                    PARENT.toUpperCase(java.util.Locale.ROOT),
                                    "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01",
                                    "x".repeat(55))) {
                        shop.chat("m", "hello", Map.of(), "traceparent", none);
                    }
                })) {
            assertThat(roots(collector)).hasSize(5);
            assertThat(hex(root(collector).getTraceId())).isEqualTo(TRACE);
            assertThat(hex(root(collector).getParentSpanId())).isEqualTo("00f067aa0ba902b7");
            assertThat(roots(collector).subList(1, 5))
                    .allSatisfy(span -> {
                        assertThat(hex(span.getTraceId())).isNotEqualTo(TRACE);
                        assertThat(span.getParentSpanId()).isEmpty();
                    });
        }
    }

    @Test
    void theSamplerIsAskedAndACallersChoiceHolds() {
        var tenthOfNothing = Map.of("OTEL_TRACES_SAMPLER", "parentbased_always_off");
        try (var collector =
                told(
                        tenthOfNothing,
                        shop -> {
                            shop.chat("m", "hello", Map.of());
                            shop.chat("m", "hello", Map.of(), "traceparent", PARENT);
                        })) {
            assertThat(roots(collector))
                    .singleElement()
                    .satisfies(span -> assertThat(hex(span.getTraceId())).isEqualTo(TRACE));
        }
    }

    @Test
    void failuresHaveTheirCodeAndNoNameThatACallerMadeUp() {
        try (var collector =
                told(shop -> {
                    shop.chat("made-up-model", "hello", Map.of());
                    shop.chat("m", "1 2 3 4 5 6 7 8 9 10", Map.of());
                    shop.send("/v1/models/made-up-id", Optional.empty(), Shop.KEY);
                })) {
            var roots = roots(collector);
            assertThat(roots)
                    .extracting(Span::getName)
                    .containsExactly("chat", "chat m", "GET /v1/models/{id}");
            assertThat(attributes(roots.getFirst()))
                    .containsEntry("error.type", "model_not_found")
                    .doesNotContainKey("gen_ai.request.model");
            assertThat(attributes(roots.get(1)))
                    .containsEntry("error.type", "context_length_exceeded")
                    .doesNotContainKey("gen_ai.usage.output_tokens");
            assertThat(roots)
                    .allSatisfy(span ->
                            assertThat(span.getStatus().getCode())
                                    .isEqualTo(Status.StatusCode.STATUS_CODE_UNSET));
            assertThat(collector.bytes()).doesNotContain("made-up");
        }
    }

    @Test
    void noTextAndNoKeyIsInWhatIsSent() {
        try (var collector =
                told(shop -> {
                    shop.chat("m", "canaryprompt", Map.of(), "traceparent", "canaryheader");
                    shop.chat("m", "canaryprompt", Map.of("stream", true, "user", "canaryuser"));
                    shop.chat("m", "canaryprompt ".repeat(12).strip(), Map.of());
                    shop.chat("m", "x", Map.of("canaryfield", "canaryvalue"));
                    shop.send("/canarypath?canaryquery=1", Optional.empty(), Shop.KEY);
                })) {
            assertThat(roots(collector)).hasSize(5);
            assertThat(collector.sent).extracting(Collector.Sent::path).contains("/v1/metrics");
            assertThat(collector.bytes()).contains("chat m").doesNotContain("canary", Shop.KEY);
        }
    }

    @Test
    void strangersAreNotToldOf() {
        try (var collector =
                told(shop -> {
                    shop.send(
                            "/v1/models",
                            Optional.empty(),
                            "no-key-of-anybody",
                            "traceparent",
                            PARENT);
                    shop.send("/v1/models", Optional.empty(), Shop.KEY);
                })) {
            assertThat(roots(collector))
                    .singleElement()
                    .satisfies(span ->
                            assertThat(attributes(span)).containsEntry("sartor.key", "key-1"));
        }
    }

    @Test
    void headersAndTheServersNameComeFromTheEnvironment() {
        var environment =
                Map.of(
                        "OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20abc,x-team=fit",
                        "OTEL_SERVICE_NAME", "desk",
                        "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test");
        try (var collector = told(environment, shop -> shop.chat("m", "hello", Map.of()))) {
            assertThat(collector.sent)
                    .extracting(Collector.Sent::path)
                    .containsExactlyInAnyOrder("/v1/traces", "/v1/metrics");
            assertThat(collector.sent)
                    .allSatisfy(sent ->
                            assertThat(sent.headers())
                                    .containsEntry("authorization", "Bearer abc")
                                    .containsEntry("x-team", "fit")
                                    .containsEntry("content-type", "application/x-protobuf"));
            assertThat(collector.resource())
                    .containsEntry("service.name", "desk")
                    .containsEntry("deployment.environment.name", "test");
        }
    }
}
