package dev.sartor.cli.models;

import dev.sartor.core.Json;
import dev.sartor.core.text.Size;
import dev.sartor.model.memory.MemoryFormulas;
import dev.sartor.model.memory.MemoryNeed;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.memory.WeightPrecision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// What a model needs to answer and to be tuned in each way, estimated from its sizes.
///
/// @param answering by the precision of the weights
/// @param tuning by the way
record MemoryTable(
        MemoryFormulas formulas,
        Map<String, MemoryNeed> answering,
        Map<String, MemoryNeed> tuning) {
    private static final int RANK = 16;
    static final int LENGTH = 2048;

    /// At the length, or the model's context where that is shorter.
    static MemoryTable of(ModelShape shape, int batch, int length) {
        var formulas = new MemoryFormulas(shape, batch, length);
        var answering = new LinkedHashMap<String, MemoryNeed>();
        for (var precision : WeightPrecision.values()) {
            answering.put(precision.word(), formulas.inference(precision));
        }
        var tuning = new LinkedHashMap<String, MemoryNeed>();
        tuning.put("full", formulas.full());
        tuning.put("LoRA", formulas.lora(RANK));
        tuning.put("QLoRA", formulas.qlora(RANK));
        return new MemoryTable(formulas, answering, tuning);
    }

    static MemoryTable usual(ModelShape shape) {
        return of(shape, 1, Math.min(LENGTH, shape.context()));
    }

    long inference() {
        return need(answering, "bf16").total();
    }

    long lora() {
        return need(tuning, "LoRA").total();
    }

    private static MemoryNeed need(Map<String, MemoryNeed> needs, String name) {
        var need = needs.get(name);
        if (need == null) {
            throw new IllegalArgumentException(name);
        }
        return need;
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "  memory       estimated for %d × %d tokens; --batch and --length change them",
                        formulas.batch(),
                        formulas.length()));
        lines.add("    answering  " + line(answering));
        lines.add("    tuning     " + line(tuning) + " (rank " + RANK + ")");
        return lines;
    }

    private static String line(Map<String, MemoryNeed> needs) {
        return needs.entrySet().stream()
                .map(e -> e.getKey() + " " + Size.gib(e.getValue().total()))
                .collect(Collectors.joining(", "));
    }

    ObjectNode json() {
        var json = Json.mapper().createObjectNode();
        json.put("batch", formulas.batch());
        json.put("length", formulas.length());
        json.put("rank", RANK);
        put(json.putObject("answering"), answering);
        put(json.putObject("tuning"), tuning);
        return json;
    }

    private static void put(ObjectNode json, Map<String, MemoryNeed> needs) {
        needs.forEach((name, need) ->
                json.putObject(name.toLowerCase(java.util.Locale.ROOT))
                        .put("total", need.total())
                        .put("weights", need.weights())
                        .put("gradients", need.gradients())
                        .put("optimiser", need.optimiser())
                        .put("activations", need.activations())
                        .put("logits", need.logits())
                        .put("cache", need.cache())
                        .put("runtime", MemoryNeed.RUNTIME));
    }
}
