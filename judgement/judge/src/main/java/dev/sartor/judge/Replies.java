package dev.sartor.judge;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/// What one judge with one rubric replied, in a file that holds digests of what it was asked and no text. Nothing is asked twice.
final class Replies {
    private final Path file;
    private final Map<String, Reply> known;

    private Replies(Path file, Map<String, Reply> known) {
        this.file = file;
        this.known = known;
    }

    private record Line(String asked, Reply said) {}

    static Replies in(Path file) {
        var known = new LinkedHashMap<String, Reply>();
        if (Files.isRegularFile(file)) {
            try (var lines = Files.lines(file)) {
                lines.map(line -> Json.mapper().readValue(line, Line.class))
                        .forEach(line -> known.put(line.asked(), line.said()));
            } catch (JacksonException e) {
                throw SartorException.user(
                        file + " is damaged: remove it, and the judge is asked anew.", e);
            } catch (IOException e) {
                throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        return new Replies(file, known);
    }

    /// To the pair as it stands; empty where it was not asked.
    Optional<Reply> to(AnswerPair shown) {
        return Optional.ofNullable(known.get(key(shown)));
    }

    void put(AnswerPair shown, Reply reply) {
        known.put(key(shown), reply);
    }

    void write() {
        AtomicFile.write(
                file,
                known.entrySet().stream()
                        .map(each -> Json.line(new Line(each.getKey(), each.getValue())) + "\n")
                        .collect(Collectors.joining()));
    }

    private static String key(AnswerPair shown) {
        return Sha256.of(Json.line(shown));
    }
}
