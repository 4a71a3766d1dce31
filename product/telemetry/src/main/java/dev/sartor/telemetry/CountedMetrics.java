package dev.sartor.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collection;

/// Another exporter, whose failures are counted.
final class CountedMetrics implements MetricExporter {
    private final MetricExporter inner;
    private final Losses losses;

    CountedMetrics(MetricExporter inner, Losses losses) {
        this.inner = inner;
        this.losses = losses;
    }

    @Override
    public CompletableResultCode export(Collection<MetricData> metrics) {
        var sent = inner.export(metrics);
        sent.whenComplete(() -> {
            if (!sent.isSuccess()) {
                losses.metrics(Reasons.of(sent));
            }
        });
        return sent;
    }

    @Override
    public CompletableResultCode flush() {
        return inner.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return inner.shutdown();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return inner.getAggregationTemporality(type);
    }

    @Override
    public Aggregation getDefaultAggregation(InstrumentType type) {
        return inner.getDefaultAggregation(type);
    }

    @Override
    public MemoryMode getMemoryMode() {
        return inner.getMemoryMode();
    }
}
