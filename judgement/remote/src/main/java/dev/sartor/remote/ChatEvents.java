package dev.sartor.remote;

import dev.sartor.core.Answer;
import dev.sartor.core.SartorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Reads a streamed chat completion: server-sent events, ended by `[DONE]`.
final class ChatEvents {
    private static final String DATA = "data:";

    private final InputStream body;
    private final double timeout;
    private final RemoteFailures failures;
    private final LinkedBlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private Answer.Finish finish = Answer.Finish.STOP;
    private Answer.Usage usage = new Answer.Usage(0, 0, 0);

    /// What the reading thread hands over.
    private sealed interface Line {
        record Read(String text) implements Line {}

        record End(String why) implements Line {}
    }

    /// @param timeout the longest silence in seconds
    ChatEvents(InputStream body, double timeout, RemoteFailures failures) {
        this.body = body;
        this.timeout = timeout;
        this.failures = failures;
    }

    Answer read(Consumer<String> onText) {
        var reading = Thread.ofVirtual().name("remote-stream").start(this::fill);
        try {
            for (var event = next(); event.isPresent(); event = next()) {
                var data = event.get();
                if (data.equals("[DONE]")) {
                    return new Answer(text.toString(), finish, usage, List.of(), Map.of(), 0);
                }
                take(ChatWire.chunk(data).orElseThrow(() -> failures.nonsense(data)), onText);
            }
            throw failures.broken("ended its answer half way");
        } finally {
            reading.interrupt();
            close();
        }
    }

    private void take(JsonNode chunk, Consumer<String> onText) {
        var choice = chunk.path("choices").path(0);
        var piece = choice.path("delta").path("content").asString("");
        if (!piece.isEmpty()) {
            text.append(piece);
            onText.accept(piece);
        }
        var reason = choice.path("finish_reason").asString("");
        if (!reason.isEmpty()) {
            finish = ChatWire.finish(reason);
        }
        if (chunk.path("usage").isObject()) {
            usage = ChatWire.usage(chunk.path("usage"));
        }
    }

    /// The next event's data; empty at the stream's end. Comments and other fields are skipped.
    private Optional<String> next() {
        while (true) {
            try {
                var line = lines.poll((long) (timeout * 1000), TimeUnit.MILLISECONDS);
                switch (line) {
                    case null -> throw failures.broken("fell silent for " + timeout + " s");
                    case Line.End(var why) when why.isEmpty() -> {
                        return Optional.empty();
                    }
                    case Line.End(var why) ->
                            throw failures.broken("broke off its answer (" + why + ")");
                    case Line.Read(var read) when read.startsWith(DATA) -> {
                        return Optional.of(read.substring(DATA.length()).strip());
                    }
                    case Line.Read ignored -> {}
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw SartorException.missing("reading an answer was interrupted", e);
            }
        }
    }

    private void fill() {
        try (var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(new Line.Read(line));
            }
            lines.add(new Line.End(""));
        } catch (IOException e) {
            lines.add(new Line.End(e.getClass().getSimpleName()));
        }
    }

    private void close() {
        try {
            body.close();
        } catch (IOException e) {
            lines.add(new Line.End(e.getClass().getSimpleName()));
        }
    }
}
