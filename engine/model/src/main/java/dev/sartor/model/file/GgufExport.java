package dev.sartor.model.file;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.Families;
import dev.sartor.model.gguf.GgufConfig;
import dev.sartor.model.gguf.GgufModules;
import dev.sartor.model.gguf.GgufNames;
import dev.sartor.model.gguf.GgufRope;
import dev.sartor.model.gguf.GgufShape;
import dev.sartor.model.gguf.GgufWeights;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tokenizer.file.GgufTokens;
import dev.sartor.weights.gguf.GgufKeys;
import dev.sartor.weights.gguf.GgufWriter;
import dev.sartor.weights.gguf.WeightType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model as a GGUF file, by the rules of llama.cpp's convert_hf_to_gguf.py: vectors, norms and tables of positions stay F32;
/// in Q4_0 the table of tokens and the head take eight bits, as four cost them most.
final class GgufExport {
    private static final long QUANTISATION_VERSION = 2;

    private final ExportedModel model;
    private final ModelExport.Request request;
    private final Progress progress;
    private final WeightType type;
    private final String architecture;
    private final GgufNames names;
    private final List<String> said = new ArrayList<>();

    GgufExport(ExportedModel model, ModelExport.Request request, Progress progress) {
        this.model = model;
        this.request = request;
        this.progress = progress;
        this.type =
                request.type()
                        .orElseGet(() ->
                                switch (model.mostly()) {
                                    case F16 -> WeightType.F16;
                                    case BF16 -> WeightType.BF16;
                                    default -> WeightType.F32;
                                });
        this.architecture =
                model.gguf()
                        .map(GgufConfig::architecture)
                        .orElseGet(() -> GgufShape.architecture(model.config()));
        this.names = GgufNames.of(model.config().family());
    }

    ModelExport.Outcome write(Path out) {
        var sources = sources();
        var extra = extra();
        var slots = new ArrayList<GgufWriter.Slot>();
        extra.forEach((name, values) ->
                slots.add(
                        new GgufWriter.Slot(name, List.of((long) values.length), WeightType.F32)));
        sources.forEach((tensor, from) -> slots.add(slot(tensor, from)));
        long bytes = slots.stream().mapToLong(GgufWriter.Slot::bytes).sum();
        try (var step = progress.begin("writing the weights", bytes, "bytes")) {
            GgufWriter.write(
                    out,
                    keys(),
                    slots,
                    (slot, file) -> {
                        var values = extra.get(slot.name());
                        if (values != null) {
                            write(slot, values, file);
                        } else {
                            write(slot, sources.getOrDefault(slot.name(), List.of()), file);
                        }
                        step.advance(slot.bytes());
                    });
        }
        int changed =
                (int)
                        sources.values().stream()
                                .filter(from -> from.stream().anyMatch(model::changes))
                                .count();
        return new ModelExport.Outcome(slots.size(), changed, bytes, type.name(), said);
    }

    /// For each tensor of the file the parameters that it holds; more than one for a mixture's experts.
    private Map<String, List<String>> sources() {
        var sources = new LinkedHashMap<String, List<String>>();
        for (var name : model.shapes().sequencedKeySet()) {
            if (model.head().tied() && !model.head().parts() && name.equals(model.head().name())) {
                continue; // llama.cpp takes the table of tokens where there is no head
            }
            var place = names.place(name);
            if (place.tensor().equals(name)) {
                throw SartorException.user(
                        "parameter '"
                                + name
                                + "' has no name in GGUF's architecture '"
                                + architecture
                                + "' that is known here: export --as hf, and convert that with llama.cpp's convert_hf_to_gguf.py");
            }
            sources.computeIfAbsent(place.tensor(), _ -> new ArrayList<>()).add(name);
        }
        return sources;
    }

    private GgufWriter.Slot slot(String tensor, List<String> from) {
        var shape = new ArrayList<>(model.shapes().getOrDefault(from.getFirst(), List.of()));
        var written = type(tensor, shape);
        if (tensor.contains("_exps.")) {
            shape.addFirst((long) from.size());
        }
        return new GgufWriter.Slot(tensor, shape, written);
    }

    private WeightType type(String tensor, List<Long> shape) {
        boolean exact =
                shape.size() < 2
                        || tensor.endsWith("_norm.weight")
                        || !tensor.endsWith(".weight")
                        || tensor.equals("position_embd.weight")
                        || tensor.endsWith("ffn_gate_inp.weight");
        if (exact) {
            return WeightType.F32;
        }
        if (type.isQuantised() && shape.getLast() % type.ggml().blockValues() != 0) {
            said.add(
                    tensor
                            + " is in F16: its rows of "
                            + shape.getLast()
                            + " are no whole blocks of "
                            + type.ggml().blockValues());
            return WeightType.F16;
        }
        boolean word = tensor.equals("token_embd.weight") || tensor.equals("output.weight");
        return type == WeightType.Q4_0 && word ? WeightType.Q8_0 : type;
    }

    private void write(GgufWriter.Slot slot, List<String> from, OutputStream file)
            throws IOException {
        for (var name : from) {
            Engine.call(() -> {
                try (var _ = TensorScope.open()) {
                    var tensor = model.arranged(name).contiguous();
                    GgufWeights.storeOrder(order(), name, tensor);
                    slot.type().write(slot.name(), tensor.memory(), file);
                }
                return true;
            });
        }
    }

    private static void write(GgufWriter.Slot slot, double[] values, OutputStream file)
            throws IOException {
        var floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                slot.type().write(slot.name(), Tensors.of(floats, floats.length).memory(), file);
            }
            return true;
        });
    }

    private ModelConfig order() {
        return model.gguf().isPresent()
                ? model.config()
                : Families.decoder(model.config()).completed(model.config());
    }

    private GgufKeys keys() {
        var keys = model.gguf().map(file -> GgufKeys.of(file.metadata())).orElseGet(this::made);
        keys.remove("split.").remove("quantize.imatrix.");
        keys.put("general.file_type", type.fileType());
        if (type.isQuantised()) {
            keys.put("general.quantization_version", QUANTISATION_VERSION);
        }
        return keys;
    }

    private GgufKeys made() {
        var keys = new GgufKeys();
        keys.put("general.architecture", architecture);
        keys.put("general.type", "model");
        keys.put("general.name", request.name().replaceFirst(".*[/\\\\](?=.)", "")); // no path
        new GgufShape(model.config(), keys).write();
        said.addAll(
                new GgufTokens(model.path(), model.config().integer("vocab_size"), keys).write());
        return keys;
    }

    /// Factors of the rope, which are tensors in GGUF.
    private Map<String, double[]> extra() {
        var extra = new LinkedHashMap<String, double[]>();
        if (model.gguf().isEmpty()) {
            return GgufShape.factors(model.config());
        }
        for (var name : GgufModules.ROPES) {
            Optional.of(model.gguf().get())
                    .filter(file -> file.names().contains(name))
                    .ifPresent(file -> extra.put(name, GgufRope.values(file, name)));
        }
        return extra;
    }
}
