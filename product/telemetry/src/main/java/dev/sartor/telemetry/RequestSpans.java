package dev.sartor.telemetry;

import dev.sartor.core.Answer;
import dev.sartor.core.Principal;
import dev.sartor.core.work.Retrieval;
import dev.sartor.serve.AuditEntry;
import dev.sartor.serve.TracedRequest;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The spans of a request, made when it has ended: itself, its wait in line, and of each answer the retrieval, the prompt's
/// pass and the text. Who asked stands there under the names that the audit log has.
final class RequestSpans {
    /// `traceparent` of version 00 (W3C Trace Context): the trace, the caller's span, its flags.
    private static final Pattern PARENT =
            Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

    private static final String USER = "user:";

    private final Tracer tracer;
    private volatile Attributes server = Attributes.empty();

    RequestSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /// @param attributes of the server's own address
    void serving(Attributes attributes) {
        server = attributes;
    }

    void tell(TracedRequest request) {
        var entry = request.entry();
        var operation = Operation.of(entry);
        var times = new Times(epochNanos(entry), request.began());
        long end = times.start() + Math.round(entry.seconds() * 1e9);
        var span =
                tracer.spanBuilder(operation.spanName(entry.model()))
                        .setParent(parent(request))
                        .setSpanKind(SpanKind.SERVER)
                        .setStartTimestamp(times.start(), TimeUnit.NANOSECONDS)
                        .setAllAttributes(asked(request, operation))
                        .startSpan();
        if (span.isRecording()) {
            span.setAllAttributes(answered(request));
            if (entry.status() >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
            parts(request, times, Context.root().with(span));
        }
        span.end(end, TimeUnit.NANOSECONDS);
    }

    /// Times of one request on the clock of the collector.
    private record Times(long start, long began) {
        long at(long nanoTime) {
            return start + nanoTime - began;
        }
    }

    private static long epochNanos(AuditEntry entry) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, entry.time());
    }

    /// A trace of its own where the caller's header is none.
    private static Context parent(TracedRequest request) {
        return request.parent()
                .map(PARENT::matcher)
                .filter(Matcher::matches)
                .map(parts ->
                        SpanContext.createFromRemoteParent(
                                parts.group(1),
                                parts.group(2),
                                TraceFlags.fromHex(parts.group(3), 0),
                                TraceState.getDefault()))
                .filter(SpanContext::isValid)
                .map(caller -> Context.root().with(Span.wrap(caller)))
                .orElseGet(Context::root);
    }

    private Attributes asked(TracedRequest request, Operation operation) {
        var entry = request.entry();
        var all = Attributes.builder().putAll(server).put("sartor.request", entry.request());
        if (operation.isBatch()) {
            all.put("sartor.batch", true);
        } else {
            all.put("http.request.method", operation.method());
            operation.route().ifPresent(path -> all.put("http.route", path));
        }
        operation
                .genAi()
                .ifPresent(name -> {
                    all.put(Names.OPERATION, name).put(Names.PROVIDER, Names.SARTOR);
                });
        if (operation.genAi().isPresent()) {
            entry.model().ifPresent(name -> all.put(Names.REQUEST_MODEL, name));
        }
        request.wanted()
                .ifPresent(wanted -> {
                    all.put("gen_ai.request.temperature", wanted.temperature());
                    all.put("gen_ai.request.stream", wanted.stream());
                    wanted.maxTokens()
                            .ifPresent(most -> all.put("gen_ai.request.max_tokens", most));
                    if (wanted.answers() != 1) {
                        all.put("gen_ai.request.choice.count", wanted.answers());
                    }
                });
        entry.who().ifPresent(who -> who(who, all));
        entry.key().ifPresent(key -> all.put("sartor.key", key));
        return all.build();
    }

    private static void who(Principal who, AttributesBuilder all) {
        who.sorted().stream()
                .filter(name -> name.startsWith(USER))
                .findFirst()
                .ifPresent(name -> all.put("enduser.id", name.substring(USER.length())));
        who.tenant().ifPresent(name -> all.put("sartor.tenant", name));
    }

    private static Attributes answered(TracedRequest request) {
        var entry = request.entry();
        var all = Attributes.builder().put("http.response.status_code", entry.status());
        Operation.error(request).ifPresent(type -> all.put(Names.ERROR, type));
        entry.prompt().ifPresent(version -> all.put("sartor.prompt", version));
        entry.adapter().ifPresent(digest -> all.put("sartor.adapter", digest));
        var tokens = Tokens.of(request);
        if (tokens.input() > 0) {
            all.put("gen_ai.usage.input_tokens", tokens.input());
        }
        if (request.answers().stream().anyMatch(each -> each.made().isPresent())) {
            all.put("gen_ai.usage.cache_read.input_tokens", tokens.cached());
            all.put("gen_ai.usage.output_tokens", tokens.output());
            all.put(
                    AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"),
                    finishes(request));
            entry.model().ifPresent(name -> all.put(Names.RESPONSE_MODEL, name));
        }
        return all.build();
    }

    private static List<String> finishes(TracedRequest request) {
        return request.answers().stream()
                .flatMap(each -> each.made().stream())
                .map(made -> finish(made.finish()))
                .toList();
    }

    private static String finish(Answer.Finish finish) {
        return finish.name().toLowerCase(Locale.ROOT);
    }

    private void parts(TracedRequest request, Times times, Context parent) {
        request.waited()
                .ifPresent(waited ->
                        part(
                                "queue",
                                times.at(waited.from()),
                                times.at(waited.to()),
                                Attributes.empty(),
                                parent));
        for (var answer : request.answers()) {
            answer.retrievals().forEach(each -> retrieval(each, times, parent));
            var found = answer.retrievals();
            long from = found.isEmpty() ? answer.from() : found.getLast().to();
            long first = answer.firstText().orElse(answer.to());
            part("prompt", times.at(from), times.at(first), Attributes.empty(), parent);
            if (answer.firstText().isPresent()) {
                generation(answer, times, parent);
            }
        }
    }

    private void part(String name, long from, long to, Attributes attributes, Context parent) {
        tracer.spanBuilder(name)
                .setParent(parent)
                .setStartTimestamp(from, TimeUnit.NANOSECONDS)
                .setAllAttributes(attributes)
                .startSpan()
                .end(to, TimeUnit.NANOSECONDS);
    }

    private void retrieval(Retrieval found, Times times, Context parent) {
        var counts =
                Attributes.builder()
                        .put(Names.OPERATION, "retrieval")
                        .put("sartor.retrieval.passages", found.passages())
                        .put("sartor.retrieval.omitted", found.omitted())
                        .build();
        part("retrieval", times.at(found.from()), times.at(found.to()), counts, parent);
    }

    private void generation(TracedRequest.Making answer, Times times, Context parent) {
        long first = answer.firstText().orElseThrow();
        var figures =
                Attributes.builder()
                        .put("sartor.time_to_first_token", (first - times.began()) / 1e9);
        answer.made()
                .ifPresent(made ->
                        figures.put("gen_ai.usage.output_tokens", made.usage().completionTokens()));
        part("generate", times.at(first), times.at(answer.to()), figures.build(), parent);
    }
}
