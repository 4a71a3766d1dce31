package dev.sartor.remote;

import dev.sartor.core.SartorException;
import dev.sartor.hub.environment.Retry;
import dev.sartor.project.setting.Remote;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// Posts to a remote model's chat completions, again where that may help. Safe for concurrent callers.
final class RemoteCalls implements AutoCloseable {
    private static final long LARGEST_BODY = 16 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(2);

    private final Remote remote;
    private final Optional<String> key;
    private final RemoteFailures failures;
    private final Retry retry;
    private final HttpClient client;

    RemoteCalls(Remote remote, Optional<String> key, Retry retry) {
        this.remote = remote;
        this.key = key;
        this.failures = new RemoteFailures(remote, key);
        this.retry = retry;
        this.client =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT)
                        // Offers of HTTP/2 over plain http make some servers fall silent.
                        .version(
                                remote.url().startsWith("https:")
                                        ? HttpClient.Version.HTTP_2
                                        : HttpClient.Version.HTTP_1_1)
                        .build();
    }

    /// As often as the remote model's settings say.
    static Retry retry(Remote remote) {
        return new Retry(
                remote.retries() + 1, FIRST_PAUSE, LONGEST_PAUSE, LONGEST_ASKED, new Random());
    }

    /// An attempt that failed in a way that may pass.
    private static final class Busy extends Exception implements Retry.Passing {
        private static final long serialVersionUID = 1L;

        private final transient Optional<Duration> pause;

        Busy(String how, Optional<Duration> pause) {
            super(how);
            this.pause = pause;
        }

        @Override
        public Optional<Duration> pause() {
            return pause;
        }
    }

    /// @return the body of a response with status 200
    String post(String body) {
        return attempt(
                        body,
                        BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_BODY),
                        text -> text)
                .body();
    }

    /// @return the events of a response with status 200, as they come
    InputStream stream(String body) {
        return attempt(body, BodyHandlers.ofInputStream(), RemoteCalls::text).body();
    }

    RemoteFailures failures() {
        return failures;
    }

    private <T> HttpResponse<T> attempt(
            String body, HttpResponse.BodyHandler<T> handler, Reading<T> reading) {
        var asked = new AtomicInteger();
        try {
            return retry.<HttpResponse<T>, Busy>run(() -> {
                asked.incrementAndGet();
                return once(body, handler, reading);
            });
        } catch (Busy e) {
            throw failures.exhausted(String.valueOf(e.getMessage()), asked.get());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private <T> HttpResponse<T> once(
            String body, HttpResponse.BodyHandler<T> handler, Reading<T> reading) throws Busy {
        var response = send(body, handler);
        int status = response.statusCode();
        if (status == 200) {
            return response;
        }
        var said = reading.text(response.body()); // reads a stream to its end, too
        if (mayPass(status)) {
            throw new Busy("answered " + status, asked(response));
        }
        throw failures.refused(status, said);
    }

    /// A server that asks for longer than two minutes is asked again after these.
    private static Optional<Duration> asked(HttpResponse<?> response) {
        return Retry.asked(
                        response.headers().firstValue("Retry-After").orElse(""),
                        response.headers().firstValue("Date").orElse(""),
                        Clock.systemUTC())
                .map(asked -> asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked);
    }

    /// Makes a text of an error's body.
    @FunctionalInterface
    private interface Reading<T> {
        String text(T body);
    }

    private static boolean mayPass(int status) {
        return status == 408 || status == 409 || status == 429 || status >= 500;
    }

    /// The whole response must come in time, not its head alone.
    private <T> HttpResponse<T> send(String body, HttpResponse.BodyHandler<T> handler) throws Busy {
        var coming = client.sendAsync(request(body), handler);
        try {
            return coming.get((long) (remote.timeout() * 1000), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new Busy("did not answer within " + remote.timeout() + " s", Optional.empty());
        } catch (ExecutionException e) {
            throw new Busy(
                    "could not be reached ("
                            + Optional.ofNullable(e.getCause())
                                    .map(RemoteCalls::reason)
                                    .orElse("no reason given")
                            + ")",
                    Optional.empty());
        } catch (InterruptedException e) {
            coming.cancel(true);
            throw interrupted(e);
        }
    }

    private HttpRequest request(String body) {
        var base = remote.url().replaceAll("/+$", "");
        var request =
                HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        key.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        return request.build();
    }

    private static String reason(Throwable cause) {
        var message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private static String text(InputStream body) {
        try (body) {
            return new String(body.readNBytes(4096), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private SartorException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return SartorException.missing("waiting for the remote model was interrupted", e);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
