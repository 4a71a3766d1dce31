package dev.sartor.telemetry;

import dev.sartor.serve.Telemetry;
import dev.sartor.serve.TracedRequest;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/// Tells a collector by OTLP of requests. A request waits for none of it: spans go through a bounded queue, metrics are added up here
/// and sent once a minute. What the collector does not take is dropped and counted. Thread-safe.
public final class OtlpTelemetry implements Telemetry {
    private static final String SCOPE = "dev.sartor.serve";
    private static final Duration LONGEST_CONNECTING = Duration.ofSeconds(2);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

    /// Of a name in a span; longer ones are cut.
    private static final int LONGEST_VALUE = 256;

    /// Combinations of labels of one metric; adapters may come and go for months.
    private static final int MOST_SERIES = 500;

    /// The SDK tells of each failure itself; ours are counted. Held, as the level goes with the logger.
    private static final Logger SDK = Logger.getLogger("io.opentelemetry");

    private final Losses losses;
    private final Duration longestClose;
    private final SpanQueue queue;
    private final SdkTracerProvider traces;
    private final SdkMeterProvider meters;
    private final RequestSpans spans;
    private final RequestMetrics metrics;

    private OtlpTelemetry(OtlpSettings settings, Losses losses, Duration longestClose) {
        this.losses = losses;
        this.longestClose = longestClose;
        var resource = resource(settings);
        this.queue = SpanQueue.begin(spanExporter(settings), losses);
        this.traces =
                SdkTracerProvider.builder()
                        .setResource(resource)
                        .setSampler(sampler(settings.sampling()))
                        .setSpanLimits(
                                SpanLimits.builder()
                                        .setMaxAttributeValueLength(LONGEST_VALUE)
                                        .build())
                        .addSpanProcessor(queue)
                        .build();
        this.meters =
                SdkMeterProvider.builder()
                        .setResource(resource)
                        .registerMetricReader(
                                PeriodicMetricReader.builder(
                                                new CountedMetrics(
                                                        metricExporter(settings), losses))
                                        .setInterval(settings.betweenMetrics())
                                        .build(),
                                _ -> MOST_SERIES)
                        .build();
        this.spans = new RequestSpans(traces.get(SCOPE));
        this.metrics = new RequestMetrics(meters.get(SCOPE));
    }

    /// Begins to tell. Whether the collector is there shows when something is sent.
    public static OtlpTelemetry open(OtlpSettings settings) {
        return open(settings, LoggerFactory.getLogger(OtlpTelemetry.class)::warn, LONGEST_CLOSE);
    }

    /// @param log what was lost is said to
    static OtlpTelemetry open(OtlpSettings settings, Consumer<String> log, Duration longestClose) {
        SDK.setLevel(Level.OFF);
        return new OtlpTelemetry(settings, new Losses(log, System::nanoTime), longestClose);
    }

    private static Resource resource(OtlpSettings settings) {
        var given = Attributes.builder();
        settings.resource().forEach(given::put);
        return Resource.getDefault().merge(Resource.create(given.build()));
    }

    private static Sampler sampler(TraceSampling sampling) {
        var own = Sampler.traceIdRatioBased(sampling.ratio());
        return sampling.byCaller() ? Sampler.parentBased(own) : own;
    }

    private static SpanExporter spanExporter(OtlpSettings settings) {
        return OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.below("/v1/traces"))
                .setHeaders(settings::headers)
                .setConnectTimeout(LONGEST_CONNECTING)
                .setTimeout(LONGEST_REQUEST)
                .setMeterProvider(MeterProvider.noop())
                .build();
    }

    private static MetricExporter metricExporter(OtlpSettings settings) {
        return OtlpHttpMetricExporter.builder()
                .setEndpoint(settings.below("/v1/metrics"))
                .setHeaders(settings::headers)
                .setConnectTimeout(LONGEST_CONNECTING)
                .setTimeout(LONGEST_REQUEST)
                .setMeterProvider(MeterProvider.noop())
                .build();
    }

    @Override
    public void serving(URI address) {
        var server =
                Attributes.builder()
                        .put("server.address", address.getHost())
                        .put("server.port", address.getPort())
                        .build();
        spans.serving(server);
        metrics.serving(server);
    }

    @Override
    public void watch(String name, String kind, IntSupplier now) {
        var labels = Attributes.of(AttributeKey.stringKey("kind"), kind);
        meters.get(SCOPE)
                .gaugeBuilder(name)
                .ofLongs()
                .buildWithCallback(gauge -> gauge.record(now.getAsInt(), labels));
    }

    @Override
    public void tell(TracedRequest request) {
        if (!request.entry().action().equals("GET /metrics")) {
            spans.tell(request);
            metrics.tell(request);
        }
    }

    /// Sends what waits, for two seconds at most; what the collector has not taken then is dropped.
    @Override
    public void close() {
        long deadline = System.nanoTime() + longestClose.toNanos();
        var last = new CompletableResultCode();
        // It waits for the collector where the rest of this goes on.
        Thread.ofVirtual().name("last metrics").start(() -> closeMeters(last));
        join(traces.shutdown(), deadline);
        join(last, deadline);
        queue.giveUp();
        losses.sayLast();
    }

    private void closeMeters(CompletableResultCode done) {
        try {
            meters.shutdown().join(LONGEST_REQUEST.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            done.succeed();
        }
    }

    private static void join(CompletableResultCode code, long deadline) {
        code.join(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
