package dev.sartor.synthesis;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// What a model replied, a line each in `proposals.jsonl`, so that a run that was stopped goes on where it was. Not thread-safe.
final class ProposalLog {
    static final String FILE = "proposals.jsonl";

    private final Path file;
    private final Map<String, Reply> replies = new HashMap<>();

    private ProposalLog(Path file) {
        this.file = file;
    }

    /// @param key of what was asked, such as `pair 17`
    /// @param tokens of the request and the reply
    record Reply(String key, String text, long tokens, double price) {}

    private record Head(String made) {}

    /// @param made a digest of all that the replies hang on: another one is another run
    static ProposalLog open(Path out, String made) {
        var log = new ProposalLog(out.resolve(FILE));
        try {
            PrivateFiles.makeFolder(out);
            if (Files.isRegularFile(log.file)) {
                log.read(Files.readString(log.file), made);
            } else {
                log.append(Json.line(new Head(made)));
            }
        } catch (IOException e) {
            throw AtomicFile.failure(log.file, e);
        }
        return log;
    }

    private void read(String text, String made) {
        int whole = text.lastIndexOf('\n') + 1;
        var lines = text.substring(0, whole).lines().filter(line -> !line.isBlank()).toList();
        try {
            if (lines.isEmpty()
                    || !Json.mapper().readValue(lines.getFirst(), Head.class).made().equals(made)) {
                throw SartorException.user(
                        file
                                + " was begun from other documents, another model or other settings: name another --out, or"
                                + " remove the folder.");
            }
            for (var line : lines.subList(1, lines.size())) {
                var reply = Json.mapper().readValue(line, Reply.class);
                replies.put(reply.key(), reply);
            }
        } catch (JacksonException e) {
            throw SartorException.user(
                    file
                            + " is damaged: "
                            + e.getOriginalMessage()
                            + ". Remove its folder; the same command begins anew.",
                    e);
        }
        if (whole < text.length()) {
            AtomicFile.write(file, text.substring(0, whole));
        }
    }

    int size() {
        return replies.size();
    }

    Optional<Reply> reply(String key) {
        return Optional.ofNullable(replies.get(key));
    }

    void keep(List<Reply> more) {
        var lines = new StringBuilder();
        more.forEach(each -> {
            replies.put(each.key(), each);
            lines.append(Json.line(each)).append('\n');
        });
        append(lines.toString().stripTrailing());
    }

    private void append(String lines) {
        var bytes = ByteBuffer.wrap((lines + "\n").getBytes(StandardCharsets.UTF_8));
        try (var channel =
                PrivateFiles.open(
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
    }
}
