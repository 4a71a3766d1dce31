package dev.sartor.evaluate;

import dev.sartor.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// What the field's own tools answered; see reference/README.md.
public final class Reference {
    private Reference() {}

    public static JsonNode read(String name) {
        try (var in = Reference.class.getResourceAsStream("/reference/" + name)) {
            return Json.mapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static double[] numbers(JsonNode array) {
        return IntStream.range(0, array.size()).mapToDouble(i -> array.get(i).asDouble()).toArray();
    }

    public static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(element -> texts.add(element.asString()));
        return texts;
    }

    /// One prediction for each pair of answer and reference.
    static List<Prediction> predictions(JsonNode answers, JsonNode references) {
        return IntStream.range(0, answers.size())
                .mapToObj(i ->
                        new Prediction(
                                "row" + i,
                                answers.get(i).asString(),
                                List.of(references.get(i).asString())))
                .toList();
    }
}
