package dev.sartor.model.file;

import dev.sartor.core.SartorException;
import dev.sartor.model.Labels;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.Precision;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.Families;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.EncoderDecoderFamily;
import dev.sartor.model.family.kind.EncoderFamily;
import dev.sartor.model.family.kind.Family;
import dev.sartor.model.gguf.GgufConfig;
import dev.sartor.model.gguf.GgufWeights;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.EncoderDecoder;
import dev.sartor.model.network.Network;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.kernel.LargeBuffers;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.Weights;
import dev.sartor.weights.gguf.GgufFile;
import dev.sartor.weights.gguf.GgufFolder;
import dev.sartor.weights.safetensors.Safetensors;
import dev.sartor.weights.safetensors.SafetensorsWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads networks from the files of a model: a GGUF file, or a folder with one or with config.json and safetensors.
public final class Networks {
    private static final Logger LOG = LoggerFactory.getLogger(Networks.class);
    private static final String CONFIG = "config.json";

    private Networks() {}

    /// A decoder whose weights are held as `precision` says. The caller closes it.
    public static Decoder decoder(Path model, Precision precision) {
        return decoder(model, precision, WeightCache.none());
    }

    /// The same, with weights that an earlier start rounded where there are any.
    ///
    /// @param cache keeps them for later starts
    public static Decoder decoder(Path model, Precision precision, WeightCache cache) {
        return build(
                model,
                precision,
                opened -> {
                    var family = Families.decoder(opened.config());
                    var weights =
                            opened.gguf() ? opened.weights() : family.arranged(opened.weights());
                    return cache.build(
                            model,
                            precision,
                            kept -> {
                                var owner = TensorScope.owner();
                                try {
                                    return family.build(
                                            opened.config(),
                                            new WeightLoader(weights, precision, owner, kept));
                                } catch (RuntimeException e) {
                                    owner.close();
                                    throw e;
                                }
                            });
                });
    }

    /// A decoder that an adapter can be trained on, however its weights are held. The caller closes it.
    ///
    /// @param computes BF16, or F32 where weights are not held in 4 bits
    public static Decoder trainable(Path model, Precision precision, DType computes) {
        return build(
                model,
                precision,
                opened -> {
                    var family = Families.decoder(opened.config());
                    var weights =
                            opened.gguf() ? opened.weights() : family.arranged(opened.weights());
                    var owner = TensorScope.owner();
                    try {
                        return family.build(
                                opened.config(),
                                new WeightLoader(weights, precision, computes, owner));
                    } catch (RuntimeException e) {
                        owner.close();
                        throw e;
                    }
                });
    }

    /// A decoder whose weights are held in what it computes in, F32 or BF16. The caller closes it.
    public static Decoder decoder(Path model, DType type) {
        return decoder(model, Precision.of(type));
    }

    /// An encoder that computes in `type`, F32 or BF16. The caller closes it.
    public static Encoder encoder(Path model, DType type) {
        return build(
                model,
                Precision.of(type),
                opened ->
                        Families.encoder(opened.config())
                                .build(opened.config(), opened.weights(), type));
    }

    /// An encoder that tells these classes: with its own head where it tells the same, else with a fresh one. The caller
    /// closes it.
    ///
    /// @param random of a fresh head
    public static Encoder classifier(
            Path model, DType type, List<String> labels, RandomGenerator random) {
        return build(
                model,
                Precision.of(type),
                opened -> headed(opened.config(), opened.weights(), type, labels, random));
    }

    /// An encoder with one output, the score of a pair: its own head of one where it has such, else a fresh one. The caller
    /// closes it.
    ///
    /// @param random of a fresh head
    public static Encoder scorer(Path model, DType type, RandomGenerator random) {
        return build(
                model,
                Precision.of(type),
                opened -> {
                    var own = Labels.of(opened.config()).names();
                    return headed(
                            opened.config(),
                            opened.weights(),
                            type,
                            own.size() == 1 ? own : List.of("LABEL_0"),
                            random);
                });
    }

    private static Encoder headed(
            ModelConfig config,
            Weights weights,
            DType type,
            List<String> labels,
            RandomGenerator random) {
        var family = Families.encoder(config);
        var head = new FreshClassHead(config.family(), labels);
        return head.isStored(config, weights)
                ? family.build(config, weights, type)
                : family.build(
                        config.with(head.settings()), head.weights(config, weights, random), type);
    }

    /// The architecture's name, such as `llama` or `bert`.
    public static String family(Path model) {
        return load(model, opened -> opened.config().family());
    }

    /// A network that reads a text and says another, which computes in `type`, F32 or BF16. The caller closes it.
    public static EncoderDecoder encoderDecoder(Path model, DType type) {
        return build(
                model,
                Precision.of(type),
                opened ->
                        Families.encoderDecoder(opened.config())
                                .build(opened.config(), opened.weights(), type));
    }

    /// What a model is made of.
    public enum Kind {
        DECODER,
        ENCODER,
        ENCODER_DECODER
    }

    /// What kind the model is of, by its configuration alone.
    public static Kind kind(Path model) {
        return load(model, opened -> kind(opened.config()));
    }

    private static Kind kind(ModelConfig config) {
        return Families.named(config.family()).map(Networks::kind).orElse(Kind.DECODER);
    }

    private static Kind kind(Family family) {
        return switch (family) {
            case DecoderFamily _ -> Kind.DECODER;
            case EncoderFamily _ -> Kind.ENCODER;
            case EncoderDecoderFamily _ -> Kind.ENCODER_DECODER;
        };
    }

    /// A network of whatever kind, which computes in `type`, F32 or BF16. The caller closes it.
    public static Network open(Path model, DType type) {
        return switch (kind(model)) {
            case DECODER -> decoder(model, type);
            case ENCODER -> encoder(model, type);
            case ENCODER_DECODER -> encoderDecoder(model, type);
        };
    }

    /// The one GGUF file of a folder, or the file itself; empty when the model is not in that format.
    ///
    /// @throws SartorException a user's error where a folder holds several, which are as many models or the pieces of one
    public static Optional<Path> gguf(Path model) {
        if (Files.isRegularFile(model)) {
            return Optional.of(model);
        }
        return GgufFolder.only(model);
    }

    private static <T> T build(Path model, Precision held, Function<Opened, T> build) {
        return load(
                model,
                opened -> {
                    opened.size().refuseUnlessItFits(held, kind(opened.config()) == Kind.DECODER);
                    var built = build.apply(opened);
                    opened.config()
                            .remoteCode()
                            .ifPresent(code ->
                                    LOG.warn(
                                            "{}: {}; it is computed as the family '{}'",
                                            model,
                                            code,
                                            opened.config().family()));
                    return built;
                });
    }

    private static <T> T load(Path model, Function<Opened, T> build) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open();
                    var opened = open(model)) {
                return LargeBuffers.spared(() -> build.apply(opened));
            }
        });
    }

    private record Opened(ModelConfig config, Weights weights, LoadedSize size, boolean gguf)
            implements AutoCloseable {
        @Override
        public void close() {
            weights.close();
        }
    }

    private static Opened open(Path model) {
        var gguf = gguf(model);
        if (gguf.isPresent()) {
            var file = GgufFile.withoutVocabulary(gguf.get(), access(gguf.get()));
            var config = GgufConfig.of(gguf.get(), file);
            var weights = new GgufWeights(file, config);
            var shapes = file.names().stream().map(file::shape);
            return new Opened(config, weights, LoadedSize.of(model, shapes), true);
        }
        if (!Files.exists(model.resolve(CONFIG))) {
            throw SartorException.user(
                    model
                            + " must hold a .gguf file, or "
                            + CONFIG
                            + " and safetensors"
                            + ": name a model's folder, or pull one with `sartor models pull`");
        }
        var config = ModelConfig.read(model.resolve(CONFIG));
        var file = Safetensors.open(model, WeightAccess.COPIED);
        var shapes = file.names().stream().map(name -> file.place(name).shape());
        return new Opened(
                config, new SafetensorsWeights(file), LoadedSize.of(model, shapes), false);
    }

    /// Only what nobody may write, as the cache's copies, is mapped.
    static WeightAccess access(Path file) {
        try {
            var permissions = Files.getPosixFilePermissions(file);
            return permissions.stream().anyMatch(p -> p.name().endsWith("WRITE"))
                    ? WeightAccess.COPIED
                    : WeightAccess.MAPPED;
        } catch (IOException | UnsupportedOperationException e) {
            return WeightAccess.COPIED;
        }
    }
}
