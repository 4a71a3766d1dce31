package dev.sartor.state.audit;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// Where a log's head is told from time to time, out of reach of whoever can change the log.
@FunctionalInterface
public interface Anchor {
    /// @param head a line of JSON
    /// @throws SartorException where it was not taken; it is told again with the next one
    void tell(String head);

    /// @param address a file, to which lines are added, or an http(s) address, to which each is posted
    static Anchor at(String address) {
        return address.startsWith("http://") || address.startsWith("https://")
                ? webhook(URI.create(address))
                : file(Path.of(address));
    }

    private static Anchor file(Path file) {
        return head -> {
            var bytes = ByteBuffer.wrap((head + "\n").getBytes(StandardCharsets.UTF_8));
            try (var channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.APPEND)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            } catch (IOException e) {
                throw AtomicFile.failure(file, e);
            }
        };
    }

    private static Anchor webhook(URI address) {
        var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
        return head -> {
            var request =
                    HttpRequest.newBuilder(address)
                            .timeout(Duration.ofSeconds(10))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(head))
                            .build();
            try {
                int status =
                        client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
                if (status / 100 != 2) {
                    throw SartorException.missing(address.getHost() + " answered " + status);
                }
            } catch (IOException e) {
                throw SartorException.missing(address.getHost() + ": " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw SartorException.stopped("stopped while a head was told");
            }
        };
    }
}
