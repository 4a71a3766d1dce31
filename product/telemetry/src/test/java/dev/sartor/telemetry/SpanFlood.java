package dev.sartor.telemetry;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;

/// More spans at once than a collector takes.
final class SpanFlood {
    private SpanFlood() {}

    /// @return how many could be ended without waiting for the collector
    static int through(String collector, Losses losses, int spans) {
        var exporter =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(collector + "/v1/traces")
                        .setTimeout(Duration.ofSeconds(5))
                        .build();
        var queue = SpanQueue.begin(exporter, losses);
        var provider = SdkTracerProvider.builder().addSpanProcessor(queue).build();
        var tracer = provider.get("flood");
        int ended = 0;
        for (; ended < spans; ended++) {
            tracer.spanBuilder("s").startSpan().end();
        }
        losses.sayLast();
        queue.giveUp();
        return ended;
    }
}
