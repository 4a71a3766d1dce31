package dev.sartor.studio;

import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;

/// A studio over a folder, and somebody who was let in by the address that it printed.
final class Visit implements AutoCloseable {
    final Studio studio;
    final String cookie;
    private final HttpClient client = HttpClient.newHttpClient();

    Visit(Path folder) {
        studio = Studio.start(folder, "127.0.0.1", 0, new SecureRandom());
        var admitted = ask(request(studio.address().toString()).GET());
        cookie = admitted.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address));
    }

    HttpResponse<String> ask(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String at(String path) {
        return studio.url() + path;
    }

    HttpResponse<String> get(String path) {
        return ask(request(at(path)).header("Cookie", cookie).GET());
    }

    String page(String path) {
        var got = get(path);
        if (got.statusCode() != 200) {
            throw new AssertionError(path + " has " + got.statusCode() + ": " + got.body());
        }
        return got.body();
    }

    HttpResponse<String> post(String path, String form, Map<String, String> headers) {
        var request =
                request(at(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
        headers.forEach(request::header);
        return ask(request);
    }

    /// What the server says to lines as they are, which Java's client would not send.
    String raw(String... lines) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), studio.url().getPort())) {
            socket.getOutputStream()
                    .write(
                            (String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        AtomicFile.write(file, text);
    }

    @Override
    public void close() {
        studio.close();
        client.close();
    }
}
