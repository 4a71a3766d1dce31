package dev.sartor.compare;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Posts to a remote model's chat completions, again where that may help. Safe for concurrent callers.
final class RemoteCalls implements AutoCloseable {
    private static final long LARGEST_BODY = 16 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Remote remote;
    private final Optional<String> key;
    private final RemoteFailures failures;
    private final Backoff backoff;
    private final HttpClient client;

    RemoteCalls(Remote remote, Optional<String> key, Backoff backoff) {
        this.remote = remote;
        this.key = key;
        this.failures = new RemoteFailures(remote, key);
        this.backoff = backoff;
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

    /// One attempt's end: a response, or what went wrong in a way that may pass.
    private sealed interface Outcome<T> {
        record Came<T>(HttpResponse<T> response) implements Outcome<T> {}

        record Failed<T>(String how) implements Outcome<T> {}
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
        for (int failure = 0; ; failure++) {
            String last;
            var retryAfter = Optional.<String>empty();
            switch (send(body, handler)) {
                case Outcome.Failed<T>(var how) -> last = how;
                case Outcome.Came<T>(var response) -> {
                    int status = response.statusCode();
                    if (status == 200) {
                        return response;
                    }
                    if (!mayPass(status)) {
                        throw failures.refused(status, reading.text(response.body()));
                    }
                    last = "answered " + status;
                    retryAfter = response.headers().firstValue("Retry-After");
                }
            }
            if (failure == remote.retries()) {
                throw failures.exhausted(last, failure + 1);
            }
            pause(failure, retryAfter);
        }
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
    private <T> Outcome<T> send(String body, HttpResponse.BodyHandler<T> handler) {
        var coming = client.sendAsync(request(body), handler);
        try {
            return new Outcome.Came<>(
                    coming.get((long) (remote.timeout() * 1000), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            coming.cancel(true);
            return new Outcome.Failed<>("did not answer within " + remote.timeout() + " s");
        } catch (ExecutionException e) {
            return new Outcome.Failed<>(
                    "could not be reached ("
                            + Optional.ofNullable(e.getCause())
                                    .map(RemoteCalls::reason)
                                    .orElse("no reason given")
                            + ")");
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

    private void pause(int failure, Optional<String> retryAfter) {
        try {
            backoff.await(failure, retryAfter);
        } catch (InterruptedException e) {
            throw interrupted(e);
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
