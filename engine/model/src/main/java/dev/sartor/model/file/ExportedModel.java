package dev.sartor.model.file;

import dev.sartor.core.SartorException;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.adapter.AdapterSum;
import dev.sartor.model.family.Families;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.gguf.GgufConfig;
import dev.sartor.model.gguf.GgufModules;
import dev.sartor.model.gguf.GgufWeights;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import dev.sartor.weights.SafetensorsType;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.Weights;
import dev.sartor.weights.gguf.GgufFile;
import dev.sartor.weights.safetensors.Safetensors;
import dev.sartor.weights.safetensors.SafetensorsWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/// A model that is to be written elsewhere: its files, and its parameters with adapters laid in, by the names of
/// transformers. One tensor is read at a time. Methods that give tensors are for the engine's thread.
final class ExportedModel implements AutoCloseable {
    /// What older files hold besides parameters.
    private static final Pattern BUFFERS =
            Pattern.compile(
                    ".*(\\.rotary_emb\\.inv_freq|\\.attn\\.(masked_)?bias|\\.position_ids)");

    private static final Set<String> PLAIN = Set.of("F32", "F16", "BF16");

    private final Path path;
    private final ModelConfig config;
    private final Weights weights;
    private final Optional<GgufFile> gguf;
    private final Optional<Safetensors> stored;
    private final AdapterSum adapters;
    private final SequencedMap<String, List<Long>> shapes = new LinkedHashMap<>();
    private final TiedHead head;

    private ExportedModel(
            Path path,
            ModelConfig config,
            Weights weights,
            Optional<GgufFile> gguf,
            Optional<Safetensors> stored,
            AdapterSum adapters) {
        this.path = path;
        this.config = config;
        this.weights = weights;
        this.gguf = gguf;
        this.stored = stored;
        this.adapters = adapters;
        names().forEach(name -> shapes.put(name, weights.shape(name)));
        this.head = TiedHead.of(config, shapes.keySet(), adapters);
        if (head.parts()) {
            shapes.put(head.name(), weights.shape(head.table()));
        }
        adapters.check(shapes);
    }

    /// @param model a GGUF file, or a folder with one or with config.json and safetensors
    /// @throws SartorException a user's error for files that cannot be exported, and adapters that do not fit them
    static ExportedModel open(Path model, AdapterSum adapters) {
        var file = Networks.gguf(model);
        return file.isPresent() ? ofGguf(file.get(), adapters) : ofFolder(model, adapters);
    }

    private static ExportedModel ofGguf(Path path, AdapterSum adapters) {
        var file = GgufFile.open(path, Networks.access(path));
        try {
            var config = GgufConfig.of(path, file);
            if (decoder(config).isEmpty()) {
                throw config.unsupported(
                        "a GGUF file of the architecture '"
                                + GgufConfig.architecture(file)
                                + "' cannot be exported: only decoders can. Take the model's folder with safetensors");
            }
            var weights = new GgufWeights(file, config);
            return new ExportedModel(
                    path, config, weights, Optional.of(file), Optional.empty(), adapters);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static ExportedModel ofFolder(Path folder, AdapterSum adapters) {
        var json = folder.resolve("config.json");
        if (!Files.exists(json)) {
            throw SartorException.user(
                    folder
                            + " must hold a .gguf file, or config.json and safetensors: name a model's folder, or pull one with `sartor models pull`");
        }
        var config = ModelConfig.read(json);
        var stored = Safetensors.open(folder, WeightAccess.COPIED);
        try {
            var plain = new SafetensorsWeights(stored);
            var weights = decoder(config).map(family -> family.arranged(plain)).orElse(plain);
            return new ExportedModel(
                    folder, config, weights, Optional.empty(), Optional.of(stored), adapters);
        } catch (RuntimeException e) {
            stored.close();
            throw e;
        }
    }

    private Iterable<String> names() {
        if (gguf.isPresent()) {
            return GgufModules.names(gguf.get(), config);
        }
        var prefix = barePrefix();
        return stored.orElseThrow().names().stream()
                .filter(name -> !BUFFERS.matcher(name).matches())
                .map(name -> prefix + name)
                .sorted(Comparator.comparing(ExportedModel::byNumber))
                .toList();
    }

    /// Files may lack what the names begin with where only the model under the head was saved.
    private String barePrefix() {
        return decoder(config)
                .map(family -> family.missingPrefix(stored.orElseThrow().names()))
                .orElse("");
    }

    private static Optional<DecoderFamily> decoder(ModelConfig config) {
        return Families.named(config.family(), DecoderFamily.class);
    }

    /// Layer 10 comes after layer 9.
    private static String byNumber(String name) {
        return Pattern.compile("\\d+")
                .matcher(name)
                .replaceAll(number ->
                        "0".repeat(Math.max(0, 6 - number.group().length())) + number.group());
    }

    Path path() {
        return path;
    }

    /// As the files say it.
    ModelConfig config() {
        return config;
    }

    Optional<GgufFile> gguf() {
        return gguf;
    }

    /// Of all parameters, matrices as [out, in].
    SequencedMap<String, List<Long>> shapes() {
        return shapes;
    }

    /// The head and its table.
    TiedHead head() {
        return head;
    }

    /// What a parameter is stored as; F32 in a GGUF file whose matrices are quantised or of several types.
    SafetensorsType type(String name) {
        if (gguf.isPresent()) {
            return widest(gguf.get());
        }
        var source = source(name);
        var prefix = barePrefix();
        return stored.orElseThrow().place(source.substring(prefix.length())).type();
    }

    /// The type of most parameters.
    SafetensorsType mostly() {
        if (gguf.isPresent()) {
            return widest(gguf.get());
        }
        var most =
                shapes.entrySet().stream()
                        .max(
                                Comparator.comparingLong(
                                        each -> ExportedModel.values(each.getValue())))
                        .orElseThrow();
        return type(most.getKey());
    }

    private static SafetensorsType widest(GgufFile file) {
        var types =
                file.names().stream()
                        .map(file::tensor)
                        .filter(entry -> entry.shape().size() > 1)
                        .map(GgufFile.Entry::type)
                        .distinct()
                        .toList();
        return types.size() == 1 && PLAIN.contains(types.getFirst().name())
                ? SafetensorsType.valueOf(types.getFirst().name())
                : SafetensorsType.F32;
    }

    static long values(List<Long> shape) {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }

    private String source(String name) {
        return head.parts() && name.equals(head.name()) ? head.table() : name;
    }

    /// Whether an adapter changes it.
    boolean changes(String name) {
        return adapters.changes(name);
    }

    /// A parameter with the adapters laid in: F32, matrices as [out, in], norms as the network multiplies by them.
    Tensor arranged(String name) {
        var shape = weights.shape(source(name)).stream().mapToLong(Long::longValue).toArray();
        var own = Tensors.empty(DType.F32, shape);
        weights.readInto(source(name), own);
        return adapters.changes(name) ? adapters.apply(name, own) : own;
    }

    /// The same as transformers stores it.
    Tensor asStored(String name) {
        if (stored.isPresent() && !adapters.changes(name)) {
            return raw(name);
        }
        var arranged = arranged(name);
        return decoder(config)
                .map(family -> family.stored(name, arranged).contiguous())
                .orElse(arranged);
    }

    /// As the file has it, in F32.
    private Tensor raw(String name) {
        var key = source(name).substring(barePrefix().length());
        var entry = stored.orElseThrow().place(key);
        var shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
        var own = Tensors.empty(DType.F32, shape);
        new SafetensorsWeights(stored.orElseThrow()).readInto(key, own);
        return own;
    }

    /// The shape in which transformers stores it.
    List<Long> storedShape(String name) {
        var shape = shapes.getOrDefault(name, List.of());
        return decoder(config).map(family -> family.storedShape(name, shape)).orElse(shape);
    }

    @Override
    public void close() {
        weights.close();
    }
}
