package dev.sartor.jobs;

import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.serve.job.Batch.LineError;
import dev.sartor.serve.job.BatchRequest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/// The requests of a batch, `{"custom_id", "method": "POST", "url", "body"}` a line. Not thread-safe.
final class BatchInput {
    private static final ObjectReader STRICT =
            Json.mapper().reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    private static final Set<String> FIELDS = Set.of("custom_id", "method", "url", "body");
    private static final int MOST = 50_000;
    private static final int MOST_SHOWN = 10;
    private static final int LONGEST_ID = 200;

    private final BatchRequest.Endpoint endpoint;
    private final List<LineError> errors = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    BatchInput(BatchRequest.Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /// One request.
    record Request(String id, JsonNode body) {}

    static Request request(String line) {
        var node = Json.mapper().readTree(line);
        return new Request(node.path("custom_id").asString(""), node.path("body"));
    }

    /// Checks each line, and copies them.
    ///
    /// @return what is wrong; empty where nothing is
    List<LineError> copy(InputStream from, Path to) {
        AtomicFile.write(to, out -> copy(from, out));
        if (seen.isEmpty() && errors.isEmpty()) {
            errors.add(
                    new LineError(
                            "empty_file", "The input file has no requests.", Optional.empty()));
        }
        return errors;
    }

    int requests() {
        return seen.size();
    }

    private void copy(InputStream from, OutputStream to) throws IOException {
        var lines = new Lines(from);
        var writer = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        for (var line = lines.next();
                line.isPresent() && errors.size() < MOST_SHOWN;
                line = lines.next()) {
            int number = line.get().number();
            line.get().flaw().ifPresent(flaw -> wrong(number, "invalid_json_line", flaw));
            if (line.get().flaw().isEmpty() && !line.get().text().isBlank()) {
                check(number, line.get().text());
                writer.write(line.get().text().strip() + "\n");
            }
            if (seen.size() > MOST) {
                wrong(number, "too_many_tasks", "there are more than " + MOST + " requests");
                break;
            }
        }
        writer.flush();
    }

    private void check(int number, String text) {
        JsonNode node;
        try {
            node = STRICT.readTree(text);
        } catch (JacksonException e) {
            wrong(number, "invalid_json_line", "it is not valid JSON: " + e.getOriginalMessage());
            return;
        }
        if (!node.isObject() || !FIELDS.containsAll(node.propertyNames())) {
            wrong(
                    number,
                    "invalid_request",
                    "it must be an object of custom_id, method, url and body");
            return;
        }
        var id = node.path("custom_id").asString("");
        if (id.isBlank() || id.length() > LONGEST_ID) {
            wrong(
                    number,
                    "invalid_custom_id",
                    "custom_id must be 1 to " + LONGEST_ID + " characters");
        } else if (!seen.add(id)) {
            wrong(number, "duplicate_custom_id", "custom_id must be of one line alone");
        }
        if (!node.path("method").asString("").equals("POST")) {
            wrong(number, "invalid_method", "method must be POST");
        }
        if (!node.path("url").asString("").equals(endpoint.path())) {
            wrong(number, "invalid_url", "url must be the batch's endpoint, " + endpoint.path());
        }
        if (!node.path("body").isObject()) {
            wrong(number, "invalid_request", "body must be an object");
        }
    }

    private void wrong(int line, String code, String what) {
        errors.add(new LineError(code, "Line " + line + ": " + what + ".", Optional.of(line)));
    }
}
