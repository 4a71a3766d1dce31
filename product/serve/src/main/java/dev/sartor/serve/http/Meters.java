package dev.sartor.serve.http;

import dev.sartor.core.Answer;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `/metrics` shows: requests and their seconds, seconds to the first text, tokens, failures, places taken.
/// Thread-safe.
public final class Meters {
    /// The status by which proxies count a client that hung up.
    public static final int HUNG_UP = 499;

    private static final String STARTED = "started";
    private static final String MODEL = "model";
    private static final String STATUS = "status";
    private static final Pattern OF_MODEL = Pattern.compile("[{,]model=\"([^\"]*)\"");
    private static final Set<String> PATHS =
            Set.of(
                    "/v1/chat/completions",
                    "/v1/responses",
                    "/v1/embeddings",
                    "/v1/models",
                    "/v1/adapters",
                    "/health",
                    "/metrics");
    private static final Pattern JOBS =
            Pattern.compile(
                    "(/v1/(?:files|batches|fine_tuning/jobs))(/[^/]+"
                            + "(/content|/events|/checkpoints|/cancel|/pause|/resume)?)?");
    private static final Duration[] SECONDS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        Duration.ofSeconds(60)
    };

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /// @param kind what is admitted: `chat` or `embeddings`
    public void watch(Admission admission, String kind) {
        Gauge.builder("sartor.running", admission, Admission::running)
                .description("answers being made")
                .tag("kind", kind)
                .register(registry);
        Gauge.builder("sartor.waiting", admission, Admission::waiting)
                .description("requests standing in line")
                .tag("kind", kind)
                .register(registry);
    }

    public void watch(Gate gate) {
        Gauge.builder("sartor.keys.unconfirmed", gate, each -> each.knowsItsKeys() ? 0 : 1)
                .description("1 while the file of keys cannot be confirmed")
                .register(registry);
    }

    public void start(Context request) {
        request.attribute(STARTED, System.nanoTime());
    }

    /// The model that the request turned out to be for: a name that is served, never one that a client made up.
    public void name(Context request, String model) {
        request.attribute(MODEL, model);
    }

    /// What a stream came to, when its status had long been sent.
    public void status(Context request, int status) {
        request.attribute(STATUS, status);
    }

    /// What the request came to, as far as is known now.
    public int status(Context request) {
        Integer status = request.attribute(STATUS);
        return status == null ? request.statusCode() : status;
    }

    public void finish(Context request) {
        Long started = request.attribute(STARTED);
        String model = request.attribute(MODEL);
        if (started != null) {
            Timer.builder("sartor.request")
                    .description("from the request's arrival to the end of its answer")
                    .serviceLevelObjectives(SECONDS)
                    .tag("path", path(request.path()))
                    .tag("model", model == null ? "" : model)
                    .tag("status", Integer.toString(status(request)))
                    .register(registry)
                    .record(Duration.ofNanos(System.nanoTime() - started));
        }
    }

    public void firstText(String model, long nanos) {
        Timer.builder("sartor.first.text")
                .description("from a request's start of work to its first piece of text")
                .serviceLevelObjectives(SECONDS)
                .tag(MODEL, model)
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    public void tokens(String model, Answer.Usage usage) {
        tokens(model, "prompt", usage.promptTokens());
        tokens(model, "cached", usage.cachedTokens());
        tokens(model, "completion", usage.completionTokens());
    }

    public void tokens(String model, String kind, int count) {
        Counter.builder("sartor.tokens")
                .description("tokens read and written; cached ones count as prompt as well")
                .tag(MODEL, model)
                .tag("kind", kind)
                .register(registry)
                .increment(count);
    }

    public void failed(Failure failure) {
        Counter.builder("sartor.errors")
                .description("requests that failed")
                .tag("type", failure.type())
                .tag("code", failure.code().orElse(""))
                .register(registry)
                .increment();
    }

    /// @param knows which models' figures are shown; the others' are left out
    public String scrape(Predicate<String> knows) {
        return registry.scrape()
                .lines()
                .filter(line -> isShown(line, knows))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static boolean isShown(String line, Predicate<String> knows) {
        var model = OF_MODEL.matcher(line);
        return !model.find() || model.group(1).isEmpty() || knows.test(model.group(1));
    }

    /// Forgets a model that is served no more; whoever is served under its name later begins anew.
    public void forget(String model) {
        registry.getMeters().stream()
                .filter(meter -> model.equals(meter.getId().getTag(MODEL)))
                .toList()
                .forEach(registry::remove);
    }

    public void close() {
        registry.close();
    }

    /// The path without what clients write into it.
    static String path(String path) {
        if (PATHS.contains(path)) {
            return path;
        }
        if (path.startsWith("/v1/adapters/")) {
            return "/v1/adapters/{name}";
        }
        var job = JOBS.matcher(path);
        if (job.matches()) {
            return job.group(1) + (job.group(2) == null ? "" : "/{id}" + text(job.group(3)));
        }
        return path.startsWith("/v1/models/") ? "/v1/models/{id}" : "other";
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }
}
