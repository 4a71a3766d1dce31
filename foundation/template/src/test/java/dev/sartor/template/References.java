package dev.sartor.template;

import dev.sartor.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/// The reference renderings beside this package's tests; their README says where they come from.
public final class References {
    public static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-02T10:00:00Z"), ZoneOffset.UTC);

    private References() {}

    public static JsonNode read(String name) {
        try (var in =
                new GZIPInputStream(
                        Objects.requireNonNull(References.class.getResourceAsStream(name)))) {
            return Json.mapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new HashMap<>();
        object.properties().forEach(p -> strings.put(p.getKey(), p.getValue().asString()));
        return strings;
    }
}
