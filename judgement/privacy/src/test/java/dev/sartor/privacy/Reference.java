package dev.sartor.privacy;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// What scikit-learn, scipy and numpy computed: bench/references/privacy.py.
final class Reference {
    private Reference() {}

    static JsonNode read() {
        try (var bytes = Reference.class.getResourceAsStream("/privacy/reference.json")) {
            return Json.mapper().readTree(Objects.requireNonNull(bytes));
        } catch (IOException e) {
            throw SartorException.defect("no reference", e);
        }
    }

    static double[] doubles(JsonNode list) {
        return list.values().stream().mapToDouble(JsonNode::doubleValue).toArray();
    }
}
