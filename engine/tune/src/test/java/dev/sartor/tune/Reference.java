package dev.sartor.tune;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Tiny models and the trajectories that transformers, PEFT and torch took on them.
public final class Reference {
    private Reference() {}

    public static Path model(String name) {
        return Objects.requireNonNull(path("/reference/" + name + "/config.json").getParent());
    }

    /// Made by resources/training/training.py.
    public static JsonNode training(String name) {
        return Json.read(path("/training/" + name + ".json"));
    }

    private static Path path(String resource) {
        try {
            return Path.of(
                    Objects.requireNonNull(Reference.class.getResource(resource), resource)
                            .toURI());
        } catch (URISyntaxException e) {
            throw SartorException.defect("bad resource address", e);
        }
    }

    /// Rows without their padding; what is learned is what has a label.
    public static List<TrainingRow> texts(JsonNode training) {
        var rows = new ArrayList<TrainingRow>();
        for (int i = 0; i < training.get("input_ids").size(); i++) {
            var learned = new BitSet();
            for (int t = 0; t < training.get("labels").get(i).size(); t++) {
                if (training.get("labels").get(i).get(t).intValue() >= 0) {
                    learned.set(t);
                }
            }
            rows.add(new TrainingRow(ids(training, i), learned));
        }
        return rows;
    }

    public static List<MaskedRow> masked(JsonNode training) {
        return texts(training).stream()
                .map(row -> new MaskedRow(row.ids(), row.ids(), row.learned()))
                .toList();
    }

    public static List<PairRow> pairs(JsonNode training) {
        return IntStream.range(0, training.get("input_ids").size())
                .mapToObj(
                        i -> new PairRow(ids(training, i), numbers(training.get("labels").get(i))))
                .toList();
    }

    /// @param labels the texts' classes
    public static List<LabelledRow> labelled(JsonNode training, JsonNode labels) {
        return IntStream.range(0, training.get("input_ids").size())
                .mapToObj(i -> new LabelledRow(ids(training, i), labels.get(i).intValue()))
                .toList();
    }

    private static int[] ids(JsonNode training, int row) {
        var mask = numbers(training.get("attention_mask").get(row));
        var ids = numbers(training.get("input_ids").get(row));
        return IntStream.range(0, ids.length).filter(t -> mask[t] == 1).map(t -> ids[t]).toArray();
    }

    public static int[] numbers(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::intValue).toArray();
    }
}
