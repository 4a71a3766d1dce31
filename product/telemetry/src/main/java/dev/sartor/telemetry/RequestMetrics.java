package dev.sartor.telemetry;

import dev.sartor.serve.TracedRequest;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;

/// Histograms of the requests that asked a model, with the conventions' buckets. Their labels are names of models that are served,
/// and codes of errors: nothing that a caller can make up.
final class RequestMetrics {
    private static final List<Double> DURATIONS =
            List.of(
                    0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96,
                    81.92);
    private static final List<Double> FIRST_TOKENS =
            List.of(
                    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0,
                    7.5, 10.0);
    private static final List<Double> EACH_TOKEN =
            List.of(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5);
    private static final List<Long> TOKENS =
            List.of(
                    1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16384L, 65536L, 262144L, 1048576L,
                    4194304L, 16777216L, 67108864L);

    private final DoubleHistogram duration;
    private final DoubleHistogram firstToken;
    private final DoubleHistogram eachToken;
    private final LongHistogram tokens;
    private volatile Attributes server = Attributes.empty();

    RequestMetrics(Meter meter) {
        duration = seconds(meter, "gen_ai.server.request.duration", DURATIONS);
        firstToken = seconds(meter, "gen_ai.server.time_to_first_token", FIRST_TOKENS);
        eachToken = seconds(meter, "gen_ai.server.time_per_output_token", EACH_TOKEN);
        tokens =
                meter.histogramBuilder("gen_ai.client.token.usage")
                        .ofLongs()
                        .setUnit("{token}")
                        .setExplicitBucketBoundariesAdvice(TOKENS)
                        .build();
    }

    private static DoubleHistogram seconds(Meter meter, String name, List<Double> bounds) {
        return meter.histogramBuilder(name)
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(bounds)
                .build();
    }

    /// @param attributes of the server's own address
    void serving(Attributes attributes) {
        server = attributes;
    }

    void tell(TracedRequest request) {
        var operation = Operation.of(request.entry());
        if (operation.genAi().isEmpty()) {
            return;
        }
        var labels =
                Attributes.builder()
                        .putAll(server)
                        .put(Names.OPERATION, operation.genAi().get())
                        .put(Names.PROVIDER, Names.SARTOR);
        request.entry().model().ifPresent(name -> labels.put(Names.REQUEST_MODEL, name));
        var right = labels.build();
        Operation.error(request).ifPresent(type -> labels.put(Names.ERROR, type));
        duration.record(request.entry().seconds(), labels.build());
        tokens(request, right);
        if (request.entry().status() < 400) {
            latencies(request, right);
        }
    }

    private void tokens(TracedRequest request, Attributes labels) {
        var taken = Tokens.of(request);
        if (taken.input() > 0) {
            tokens.record(taken.input(), typed(labels, "input"));
        }
        if (taken.output() > 0) {
            tokens.record(taken.output(), typed(labels, "output"));
        }
    }

    private static Attributes typed(Attributes labels, String type) {
        return labels.toBuilder().put(Names.TOKEN_TYPE, type).build();
    }

    /// Of requests that were answered. The first token counts from the request's arrival, its wait in line included.
    private void latencies(TracedRequest request, Attributes labels) {
        request.answers().stream()
                .flatMapToLong(answer -> answer.firstText().stream())
                .min()
                .ifPresent(first -> firstToken.record((first - request.began()) / 1e9, labels));
        for (var answer : request.answers()) {
            long later = answer.made().map(made -> made.usage().completionTokens() - 1L).orElse(0L);
            if (later > 0 && answer.firstText().isPresent()) {
                double seconds = (answer.to() - answer.firstText().getAsLong()) / 1e9;
                eachToken.record(seconds / later, labels);
            }
        }
    }
}
