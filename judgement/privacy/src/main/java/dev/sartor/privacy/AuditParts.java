package dev.sartor.privacy;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An audit's files beside the adapter: `audit.json`, the last report, and `audit.part.json`, which holds the parts that are finished
/// while an audit is under way, so that a killed one goes on. Not thread-safe.
public final class AuditParts {
    /// The name of the last report.
    public static final String FILE = "audit.json";

    private static final String PART = "audit.part.json";
    private static final String KEY = "key";
    private static final JsonMapper MAPPER =
            Json.mapper()
                    .rebuild()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    private final Path folder;
    private final ObjectNode done;

    private AuditParts(Path folder, ObjectNode done) {
        this.folder = folder;
        this.done = done;
    }

    /// A part's result; empty where the part could not be measured.
    ///
    /// @param notes what was cut, and why
    record Part<T>(Optional<T> result, List<String> notes) {
        Part {
            notes = List.copyOf(notes);
        }
    }

    /// @param folder the adapter's
    /// @param key of all that decides the results: parts of an audit with another key are done again
    public static AuditParts of(Path folder, String key) {
        var file = folder.resolve(PART);
        if (Files.isRegularFile(file)) {
            try {
                var read = MAPPER.readTree(Files.readAllBytes(file));
                if (read instanceof ObjectNode node && node.path(KEY).asString("").equals(key)) {
                    return new AuditParts(folder, node);
                }
            } catch (JacksonException | IOException e) {
                // Of what cannot be read nothing is taken: it is measured again.
                return fresh(folder, key);
            }
        }
        return fresh(folder, key);
    }

    private static AuditParts fresh(Path folder, String key) {
        return new AuditParts(folder, MAPPER.createObjectNode().put(KEY, key));
    }

    /// What an earlier start finished, or what is measured now.
    ///
    /// @param measure is given the list that its notes go to
    <T> Part<T> once(String name, Class<T> type, Function<List<String>, Optional<T>> measure) {
        if (done.get(name) instanceof ObjectNode kept) {
            var notes = new ArrayList<String>();
            kept.path("notes").forEach(note -> notes.add(note.asString()));
            var result =
                    kept.has("result")
                            ? Optional.of(MAPPER.convertValue(kept.get("result"), type))
                            : Optional.<T>empty();
            return new Part<>(result, notes);
        }
        var notes = new ArrayList<String>();
        var result = measure.apply(notes);
        var kept = done.putObject(name);
        result.ifPresent(found -> kept.set("result", MAPPER.valueToTree(found)));
        notes.forEach(kept.putArray("notes")::add);
        AtomicFile.write(folder.resolve(PART), MAPPER.writeValueAsString(done) + "\n");
        return new Part<>(result, notes);
    }

    /// Writes the report, and removes the parts.
    public void finish(AuditReport report) {
        AtomicFile.write(folder.resolve(FILE), json(report) + "\n");
        try {
            Files.deleteIfExists(folder.resolve(PART));
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot remove " + folder.resolve(PART) + ": " + e.getMessage(), e);
        }
    }

    public static String json(AuditReport report) {
        return MAPPER.writeValueAsString(report);
    }

    /// The last report of an adapter; empty where it was never audited.
    ///
    /// @throws SartorException a user's error where the file was damaged
    public static Optional<AuditReport> report(Path folder) {
        var file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(Files.readAllBytes(file), AuditReport.class));
        } catch (JacksonException e) {
            throw SartorException.user(
                    file
                            + " is damaged: "
                            + e.getOriginalMessage()
                            + ". `sartor audit-adapter` writes it anew.",
                    e);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
