package dev.sartor.state.audit;

import dev.sartor.core.Json;
import dev.sartor.core.file.Sha256;
import dev.sartor.serve.AuditEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// An entry as it stands in a file: one line of JSON that begins with its number and the digest of the line before.
final class AuditLine {
    /// What the first line has in the place of a digest.
    static final String NOTHING_BEFORE = "0".repeat(64);

    private AuditLine() {}

    /// @param previous the digest of the line before
    static String of(long sequence, String previous, AuditEntry entry) {
        var json = Json.mapper().createObjectNode();
        json.put("sequence", sequence).put("previous", previous);
        json.put("time", entry.time().toString()).put("request", entry.request());
        var who = json.putArray("who");
        entry.who().ifPresent(principal -> principal.sorted().forEach(who::add));
        json.put("key", entry.key().orElse(null));
        json.put("action", entry.action()).put("status", entry.status());
        json.put("code", entry.code().orElse(null));
        json.put("model", entry.model().orElse(null)).put("prompt", entry.prompt().orElse(null));
        entry.adapter().ifPresent(digest -> json.put("adapter", digest));
        var documents = json.putArray("documents");
        entry.documents().forEach(documents::add);
        json.putObject("tokens")
                .put("prompt", entry.tokens().prompt())
                .put("cached", entry.tokens().cached())
                .put("completion", entry.tokens().completion());
        json.put("seconds", Math.round(entry.seconds() * 1e6) / 1e6);
        if (entry.unkept() > 0) {
            json.put("unkept", entry.unkept());
        }
        return json.toString();
    }

    /// SHA-256 of the line's UTF-8 without its end, 64 hexadecimal digits.
    static String digest(String line) {
        return Sha256.of(line);
    }

    /// What a line says of its place; a line that is none has the number -1.
    record Place(long sequence, String previous, JsonNode json) {}

    static Place place(String line) {
        try {
            var json = Json.mapper().readTree(line);
            return new Place(
                    json.path("sequence").asLong(-1), json.path("previous").asString(""), json);
        } catch (JacksonException e) {
            return new Place(-1, "", Json.mapper().createObjectNode());
        }
    }
}
