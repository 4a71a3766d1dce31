package dev.sartor.sources;

import dev.sartor.core.SartorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// HTTP as all sources use it: no host of the private network unless it is named, asked anew at each redirect; redirects, bytes,
/// time and waiting are bounded; 429 and 503 are waited for as long as they ask, within bounds. Credentials go to the origin
/// that they are for, and nowhere else. Not thread-safe.
final class WebClient implements AutoCloseable {
    /// How much is put up with.
    ///
    /// @param answer how long one answer may take, from the request to its last byte
    /// @param pause the longest pause that an answer may ask for
    /// @param pauses the longest of all pauses together
    record Bounds(int redirects, Duration answer, Duration pause, Duration pauses, int tries) {
        static Bounds usual() {
            return new Bounds(
                    5, Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(10), 4);
        }
    }

    /// What a request carries for its origin alone.
    interface Signature {
        Map<String, String> headers(String method, URI at);

        static Signature none() {
            return (_, _) -> Map.of();
        }
    }

    record Call(String method, URI at, Map<String, String> headers, String body) {
        static Call get(URI at) {
            return new Call("GET", at, Map.of(), "");
        }
    }

    /// @param at where it came from in the end
    record Answer(int status, HttpHeaders headers, byte[] body, URI at) {
        Optional<String> header(String name) {
            return headers.firstValue(name);
        }
    }

    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final AddressGuard guard;
    private final Signature signature;
    private final Bounds bounds;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .build();
    private final ScheduledExecutorService watchdog =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("sources-watchdog").factory());
    private Duration waited = Duration.ZERO;

    WebClient(AddressGuard guard, Signature signature, Bounds bounds) {
        this.guard = guard;
        this.signature = signature;
        this.bounds = bounds;
    }

    /// The answer, 200 to 299 or 304, with its body.
    Answer bytes(Call call, long most) throws WebFailure {
        var body = new ByteArrayOutputStream();
        var answer =
                send(
                        call,
                        () -> {
                            body.reset();
                            return body;
                        },
                        most);
        return new Answer(answer.status(), answer.headers(), body.toByteArray(), answer.at());
    }

    /// The answer, its body in a file.
    Answer file(Call call, Path file, long most) throws WebFailure {
        return send(call, () -> Files.newOutputStream(file), most);
    }

    private interface Target {
        OutputStream open() throws IOException;
    }

    private Answer send(Call call, Target target, long most) throws WebFailure {
        var at = call.at();
        int redirects = 0;
        int tries = 0;
        while (true) {
            tries++;
            Optional<Duration> pause;
            String problem;
            try {
                var response = sent(call, at);
                int status = response.statusCode();
                if ((status >= 200 && status < 300) || status == 304) {
                    copy(response, target, most, at);
                    return new Answer(status, response.headers(), new byte[0], at);
                }
                response.body().close();
                if (status >= 300 && status < 400) {
                    if (++redirects > bounds.redirects()) {
                        throw new WebFailure(
                                status,
                                shown(call.at())
                                        + " redirects more than "
                                        + bounds.redirects()
                                        + " times");
                    }
                    at = next(at, response);
                    tries = 0;
                    continue;
                }
                problem = at.getHost() + " answered " + said(status) + " for " + shown(at);
                if (!isPassing(status)) {
                    throw new WebFailure(status, problem);
                }
                pause = Optional.of(asked(response));
            } catch (HttpTimeoutException e) {
                throw endless(at);
            } catch (IOException e) {
                problem = "no whole answer from " + at.getHost() + " for " + shown(at) + reason(e);
                pause = Optional.empty();
            }
            pauseOrGiveUp(problem, pause.orElse(PAUSE.multipliedBy(1L << tries)), tries);
        }
    }

    private HttpResponse<InputStream> sent(Call call, URI at) throws IOException {
        guard.check(at.getHost());
        var request =
                HttpRequest.newBuilder(at)
                        .timeout(bounds.answer())
                        .header("User-Agent", "sartor")
                        .method(
                                call.method(),
                                call.body().isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(call.body()));
        call.headers().forEach(request::setHeader);
        if (isOrigin(call.at(), at)) {
            var secrets = signature.headers(call.method(), at);
            if (!secrets.isEmpty()
                    && !"https".equals(at.getScheme())
                    && !guard.isNamed(at.getHost())) {
                throw SartorException.user(
                        shown(at)
                                + " is not encrypted, and credentials are not sent there: use https, or"
                                + " name the host with --allow-private.");
            }
            secrets.forEach(request::setHeader);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.missing("fetching " + shown(at) + " was interrupted", e);
        }
    }

    private static boolean isOrigin(URI origin, URI at) {
        return origin.getScheme().equalsIgnoreCase(at.getScheme())
                && origin.getHost().equalsIgnoreCase(at.getHost())
                && origin.getPort() == at.getPort();
    }

    private void copy(HttpResponse<InputStream> response, Target target, long most, URI at)
            throws IOException, WebFailure {
        var end = Instant.now().plus(bounds.answer());
        var body = response.body();
        var watch =
                watchdog.schedule(
                        () -> {
                            body.close();
                            return true;
                        },
                        bounds.answer().toMillis(),
                        TimeUnit.MILLISECONDS);
        long length = response.headers().firstValueAsLong("Content-Length").orElse(0);
        long read = 0;
        try (body;
                var out = target.open()) {
            var buffer = new byte[1 << 16];
            for (int n = body.read(buffer); n >= 0 && length <= most; n = body.read(buffer)) {
                read += n;
                if (read > most) {
                    break;
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            if (Instant.now().isAfter(end)) {
                throw endless(at);
            }
            throw e;
        } finally {
            watch.cancel(false);
        }
        if (Math.max(read, length) > most) {
            throw new WebFailure(
                    0, String.format(Locale.ROOT, "%s has more than %,d bytes", shown(at), most));
        }
        if (Instant.now().isAfter(end)) {
            throw endless(at);
        }
    }

    private SartorException endless(URI at) {
        return SartorException.missing(
                shown(at)
                        + " did not end within "
                        + bounds.answer().toSeconds()
                        + " seconds: run it again, or leave it out.");
    }

    private void pauseOrGiveUp(String problem, Duration pause, int tries) {
        if (tries >= bounds.tries()) {
            throw SartorException.missing(
                    problem + ", " + tries + " times: run the same command again later.");
        }
        if (pause.compareTo(bounds.pause()) > 0
                || waited.plus(pause).compareTo(bounds.pauses()) > 0) {
            throw SartorException.missing(
                    problem
                            + " and asks to wait "
                            + pause.toSeconds()
                            + " seconds: run the same command again then.");
        }
        waited = waited.plus(pause);
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.missing(problem + ", and waiting was interrupted", e);
        }
    }

    private static boolean isPassing(int status) {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }

    static String said(int status) {
        return switch (status) {
            case 401 -> "401 (credentials are asked for)";
            case 403 -> "403 (forbidden)";
            case 404 -> "404 (not found)";
            case 410 -> "410 (gone)";
            case 429 -> "429 (too many requests)";
            case 503 -> "503 (not available)";
            default -> String.valueOf(status);
        };
    }

    private static Duration asked(HttpResponse<?> response) {
        var value = response.headers().firstValue("Retry-After").orElse("").strip();
        if (value.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            var until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
            var pause = Duration.between(Clock.systemUTC().instant(), until);
            return pause.isNegative() ? PAUSE : pause;
        } catch (DateTimeParseException e) {
            return PAUSE;
        }
    }

    private static URI next(URI at, HttpResponse<?> response) throws WebFailure {
        var location = response.headers().firstValue("Location").orElse("");
        try {
            var next = at.resolve(location);
            boolean isSafe =
                    "https".equals(next.getScheme())
                            || ("http".equals(next.getScheme()) && "http".equals(at.getScheme()));
            if (!location.isEmpty() && next.getHost() != null && isSafe) {
                return next;
            }
        } catch (IllegalArgumentException e) {
            throw new WebFailure(
                    response.statusCode(), shown(at) + " redirects to what is no address");
        }
        throw new WebFailure(
                response.statusCode(),
                shown(at) + " redirects to no address that may be followed (https, or from http)");
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
    }

    /// Without user, query and fragment, which may hold secrets.
    static String shown(URI at) {
        var port = at.getPort() < 0 ? "" : ":" + at.getPort();
        return at.getScheme() + "://" + at.getHost() + port + at.getRawPath();
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        client.shutdownNow();
    }
}
