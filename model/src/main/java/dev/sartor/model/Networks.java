package dev.sartor.model;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.LargeBuffers;
import dev.sartor.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads networks from the files of a model: a GGUF file, or a folder with one or with config.json and safetensors.
public final class Networks {
    private static final Logger LOG = LoggerFactory.getLogger(Networks.class);
    private static final String CONFIG = "config.json";
    private static final String T5 = "t5";

    private Networks() {}

    /// A decoder whose weights are held as `precision` says. The caller closes it.
    public static Decoder decoder(Path model, Precision precision) {
        return decoder(model, precision, precision.computes(), false);
    }

    /// A decoder that an adapter can be trained on, however its weights are held. The caller closes it.
    ///
    /// @param computes BF16, or F32 where weights are not held in 4 bits
    public static Decoder trainable(Path model, Precision precision, DType computes) {
        return decoder(model, precision, computes, true);
    }

    private static Decoder decoder(
            Path model, Precision precision, DType computes, boolean unpacks) {
        return build(
                model,
                opened -> {
                    var family = Families.of(opened.config());
                    var weights =
                            opened.gguf() ? opened.weights() : family.arranged(opened.weights());
                    var owner = TensorScope.owner();
                    try {
                        return family.build(
                                opened.config(),
                                new WeightLoader(weights, precision, computes, unpacks, owner));
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
                opened ->
                        EncoderFamilies.named(opened.config().family())
                                .orElseThrow(() ->
                                        opened.config().unknownFamily(EncoderFamilies.known()))
                                .build(opened.config(), opened.weights(), type));
    }

    /// A network that reads a text and says another, which computes in `type`, F32 or BF16. The caller closes it.
    public static EncoderDecoder encoderDecoder(Path model, DType type) {
        return build(
                model,
                opened ->
                        switch (opened.config().family()) {
                            case T5 -> T5Family.build(opened.config(), opened.weights(), type);
                            default -> throw opened.config().unknownFamily(T5);
                        });
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
        if (config.family().equals(T5)) {
            return Kind.ENCODER_DECODER;
        }
        return EncoderFamilies.named(config.family()).isPresent() ? Kind.ENCODER : Kind.DECODER;
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
    public static Optional<Path> gguf(Path model) {
        if (Files.isRegularFile(model)) {
            return Optional.of(model);
        }
        try (var files = Files.list(model)) {
            return files.filter(file -> file.toString().endsWith(".gguf")).sorted().findFirst();
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot read the model's folder " + model + ": " + e.getMessage(), e);
        }
    }

    private static <T> T build(Path model, Function<Opened, T> build) {
        return load(
                model,
                opened -> {
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

    private record Opened(ModelConfig config, Weights weights, boolean gguf)
            implements AutoCloseable {
        @Override
        public void close() {
            weights.close();
        }
    }

    private static Opened open(Path model) {
        var gguf = gguf(model);
        if (gguf.isPresent()) {
            var file = GgufFile.open(gguf.get(), access(gguf.get()));
            var config = GgufConfig.of(gguf.get(), file);
            var weights = GgufEncoders.named(config.family(), new GgufWeights(file, config));
            return new Opened(config, weights, true);
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
        return new Opened(
                config,
                new SafetensorsWeights(Safetensors.open(model, WeightAccess.COPIED)),
                false);
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
