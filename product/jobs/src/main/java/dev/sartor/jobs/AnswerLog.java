package dev.sartor.jobs;

import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.PrivateFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The answers of a batch, a line each, which is on the disk before the next is asked for. A line that was cut short when the process
/// died is taken away. Not thread-safe.
final class AnswerLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final Set<String> done;
    private int lines;

    private AnswerLog(Path file, FileChannel channel, Set<String> done) {
        this.file = file;
        this.channel = channel;
        this.done = done;
        this.lines = done.size();
    }

    static AnswerLog open(Path file) {
        try {
            var done = new HashSet<String>();
            long whole = Files.isRegularFile(file) ? read(file, done) : 0;
            var channel =
                    PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(whole);
            channel.position(whole);
            return new AnswerLog(file, channel, done);
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }

    /// @param done gets the ids of the requests
    /// @return the bytes of the lines that are whole
    private static long read(Path file, Set<String> done) throws IOException {
        long whole = 0;
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var line = new java.io.ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    line.write(next);
                    continue;
                }
                whole += line.size() + 1;
                var json = Json.mapper().readTree(line.toString(StandardCharsets.UTF_8));
                done.add(json.path("custom_id").asString(""));
                line.reset();
            }
        }
        return whole;
    }

    /// The ids of the requests that were there when it was opened.
    Set<String> done() {
        return done;
    }

    int lines() {
        return lines;
    }

    Path file() {
        return file;
    }

    void append(ObjectNode line) {
        var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
            lines++;
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }
}
