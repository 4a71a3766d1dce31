package dev.sartor.hub.fetch;

import dev.sartor.core.SartorException;
import dev.sartor.hub.environment.Retry;
import dev.sartor.hub.environment.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/// HTTP as downloads need it: redirects are followed by hand so that the token goes to the hub alone and never to the
/// storage that it redirects to, and every answer is judged. A host that has never answered is unreachable; one that has
/// is given another chance. Thread-safe.
public final class Web implements AutoCloseable {
    private static final int MOST_REDIRECTS = 10;

    private final Settings settings;
    private final HttpClient client;
    private final ScheduledExecutorService watchdog =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("hub-watchdog").factory());
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    /// HTTP/1.1: segments side by side then have connections of their own.
    public Web(Settings settings) {
        this.settings = settings;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(settings.patience().connect())
                        .proxy(settings.proxies())
                        .build();
    }

    /// The answer, 200 or 206; the caller closes its body.
    ///
    /// @param range as in `bytes=0-99`; empty for the whole
    HttpResponse<InputStream> get(URI address, String range) throws FetchFailure {
        var at = address;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            var response = sent(at, range);
            int status = response.statusCode();
            if (status == 200 || status == 206) {
                return response;
            }
            close(response);
            if (status < 300 || status > 399) {
                throw judged(at, response);
            }
            at = next(at, response);
        }
        throw new FetchFailure.Refused(
                shown(address) + " redirected more than " + MOST_REDIRECTS + " times");
    }

    WatchedBody watched(HttpResponse<InputStream> response) {
        return new WatchedBody(response.body(), settings.patience().stall(), watchdog);
    }

    private HttpResponse<InputStream> sent(URI at, String range) throws FetchFailure {
        var request =
                HttpRequest.newBuilder(at)
                        .timeout(settings.patience().headers())
                        .header("User-Agent", "sartor");
        if (!range.isEmpty()) {
            request.header("Range", range);
        }
        if (isHub(at)) {
            settings.token().ifPresent(t -> request.header("Authorization", "Bearer " + t.value()));
        }
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            answered.add(at.getHost());
            return response;
        } catch (IOException e) {
            throw unanswered(at, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.missing(
                    "the download was stopped; what was fetched so far is kept", e);
        }
    }

    private boolean isHub(URI at) {
        var hub = settings.endpoint();
        return at.getHost().equalsIgnoreCase(hub.getHost())
                && at.getPort() == hub.getPort()
                && at.getScheme().equals(hub.getScheme());
    }

    private FetchFailure unanswered(URI at, IOException e) {
        var why =
                e instanceof HttpTimeoutException
                        ? at.getHost() + " did not answer in time"
                        : "no connection to " + at.getHost() + reason(e);
        return answered.contains(at.getHost())
                ? new FetchFailure.Hiccup(why, e)
                : new FetchFailure.Unreachable(why, e);
    }

    private static String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.nio.channels.UnresolvedAddressException) {
                return " (its name is not known here)";
            }
        }
        return e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
    }

    private static FetchFailure judged(URI at, HttpResponse<InputStream> response) {
        int status = response.statusCode();
        var who = at.getHost() + " answered " + status;
        return switch (status) {
            case 408, 425, 429, 500, 502, 503, 504 ->
                    new FetchFailure.Hiccup(who + " for " + shown(at), retryAfter(response));
            case 401, 403 ->
                    new FetchFailure.Absent(
                            who
                                    + " for "
                                    + shown(at)
                                    + ": it does not exist, or it is private or gated; then accept"
                                    + " its terms on its page and set HF_TOKEN");
            case 404, 410 -> new FetchFailure.Absent(who + " for " + shown(at));
            default -> new FetchFailure.Refused(who + " for " + shown(at));
        };
    }

    private static Optional<Duration> retryAfter(HttpResponse<InputStream> response) {
        return Retry.asked(
                response.headers().firstValue("Retry-After").orElse(""),
                response.headers().firstValue("Date").orElse(""),
                Clock.systemUTC());
    }

    private static URI next(URI at, HttpResponse<InputStream> response)
            throws FetchFailure.Refused {
        var location = response.headers().firstValue("Location").orElse("");
        try {
            var next = at.resolve(location);
            var scheme = next.getScheme();
            if (next.getHost() != null
                    && !location.isEmpty()
                    && ("https".equals(scheme)
                            || ("http".equals(scheme) && "http".equals(at.getScheme())))) {
                return next;
            }
        } catch (IllegalArgumentException e) {
            throw new FetchFailure.Refused(shown(at) + " redirects to no address", e);
        }
        throw new FetchFailure.Refused(shown(at) + " redirects to no address that may be followed");
    }

    private static void close(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Web.class)
                    .debug("a connection did not close cleanly", e);
        }
    }

    /// Without user, query and fragment, which may hold secrets.
    public static String shown(URI address) {
        var port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port + address.getRawPath();
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        client.shutdownNow();
    }
}
