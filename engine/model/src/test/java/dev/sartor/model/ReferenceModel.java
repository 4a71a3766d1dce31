package dev.sartor.model;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// A tiny random model in the test resources, with what transformers computes for it.
public record ReferenceModel(Path folder, JsonNode reference) {
    public static ReferenceModel of(String name) {
        try {
            var url =
                    Objects.requireNonNull(
                            ReferenceModel.class.getResource(
                                    "/reference/" + name + "/reference.json"));
            var folder = Objects.requireNonNull(Path.of(url.toURI()).getParent());
            return new ReferenceModel(folder, Json.read(folder.resolve("reference.json")));
        } catch (URISyntaxException e) {
            throw SartorException.defect("bad resource address", e);
        }
    }

    /// Tokens of each row without its padding.
    public int[] lengths() {
        var mask = reference.get("attention_mask");
        return IntStream.range(0, mask.size())
                .map(row -> IntStream.of(ints(mask.get(row))).sum())
                .toArray();
    }

    public int[][] ids() {
        var rows = reference.get("input_ids");
        return IntStream.range(0, rows.size())
                .mapToObj(i -> ints(rows.get(i)))
                .toArray(int[][]::new);
    }

    public int[] greedy() {
        return ints(reference.get("greedy"));
    }

    public float[] logits() {
        return floats(reference.get("logits"));
    }

    public float[] logitsWith(String adapter) {
        return floats(Json.read(folder.resolve(adapter, "reference.json")).get("logits"));
    }

    private static int[] ints(JsonNode array) {
        return IntStream.range(0, array.size()).map(i -> array.get(i).intValue()).toArray();
    }

    private static float[] floats(JsonNode array) {
        var values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).floatValue();
        }
        return values;
    }
}
