package dev.sartor.weights;

import dev.sartor.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/// Reads the reference files beside the tests.
public final class Resources {
    private Resources() {}

    public static byte[] bytes(String name) {
        try (var in =
                Objects.requireNonNull(Resources.class.getResourceAsStream("/" + name), name)) {
            return name.endsWith(".gz")
                    ? new GZIPInputStream(in).readAllBytes()
                    : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(String name) {
        return Json.mapper().readTree(bytes(name));
    }
}
