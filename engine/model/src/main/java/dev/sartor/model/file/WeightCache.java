package dev.sartor.model.file;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.model.KeptWeights;
import dev.sartor.model.Precision;
import dev.sartor.tensor.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder of weights as they are held in memory, so that a later start reads them instead of rounding them again: one
/// file for each model and precision. Whatever is wrong with such a file it is made anew from the model's own; a folder that
/// cannot be written costs time alone. Several processes may use one folder.
public final class WeightCache {
    private static final Logger LOG = LoggerFactory.getLogger(WeightCache.class);
    private static final String ENDING = ".safetensors";

    /// Of files that are still being written.
    static final String PART = ".part";

    /// To be raised when weights are rounded or laid out in another way.
    private static final int FORMAT = 1;

    /// In bytes: larger GGUF files are decoded at each start, as bf16 takes several times their room.
    private static final long LARGEST_DECODED = 512 << 20;

    private final Optional<Path> folder;

    private WeightCache(Optional<Path> folder) {
        this.folder = folder;
    }

    /// @param folder made when the first file is written
    public static WeightCache in(Path folder) {
        return new WeightCache(Optional.of(folder));
    }

    /// Every start rounds the weights itself.
    public static WeightCache none() {
        return new WeightCache(Optional.empty());
    }

    /// Builds a network from what is kept, or else keeps what it is built from. For the engine's thread.
    ///
    /// @param model a GGUF file, or a folder with one or with config.json and safetensors
    <T> T build(Path model, Precision precision, Function<KeptWeights, T> build) {
        var place =
                isWorthIt(model, precision) ? place(model, precision) : Optional.<KeptPlace>empty();
        if (place.isEmpty()) {
            return build.apply(KeptWeights.none());
        }
        try (var kept = KeptFile.open(place.get()).orElse(null)) {
            if (kept != null) {
                return build.apply(kept);
            }
        } catch (KeptFile.Damaged e) {
            LOG.warn(
                    "{} is damaged, and is made anew from the model's own file: {}",
                    place.get().file(),
                    e.getMessage());
        }
        try (var writer = new KeptWriter(place.get())) {
            var built = build.apply(writer);
            writer.finish(place(model, precision).equals(place));
            return built;
        }
    }

    /// Rounding takes long; so does decoding blocks of GGUF, while what they give is not much to read.
    private static boolean isWorthIt(Path model, Precision precision) {
        return switch (precision) {
            case F32 -> false;
            case BF16 -> Networks.gguf(model).filter(WeightCache::isSmall).isPresent();
            case INT8, INT4 -> true;
        };
    }

    private static boolean isSmall(Path file) {
        try {
            return Files.size(file) <= LARGEST_DECODED;
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<KeptPlace> place(Path model, Precision precision) {
        return folder.flatMap(in -> {
            try {
                var real = model.toRealPath();
                var way = precision.word() + " " + Matrix.layout() + " " + FORMAT;
                var name = Sha256.of(real + "\n" + way).substring(0, 32);
                return Optional.of(
                        new KeptPlace(in, name + ENDING, real, way + "\n" + source(real)));
            } catch (IOException e) {
                LOG.debug("the files of {} cannot be told from others", model, e);
                return Optional.empty();
            }
        });
    }

    private static boolean isLeft(Path file) throws IOException {
        var name = file.toString();
        if (name.endsWith(PART)) {
            var yesterday = Instant.now().minus(Duration.ofDays(1));
            return Files.getLastModifiedTime(file).toInstant().isBefore(yesterday);
        }
        return name.endsWith(ENDING) && KeptFile.model(file).filter(Files::exists).isEmpty();
    }

    /// The sizes and times of the files that weights are read from.
    static String source(Path model) throws IOException {
        var source = new StringBuilder();
        for (var file : files(model)) {
            source.append(file.getFileName())
                    .append(' ')
                    .append(file.toRealPath())
                    .append(' ')
                    .append(Files.size(file))
                    .append(' ')
                    .append(Files.getLastModifiedTime(file))
                    .append('\n');
        }
        return source.toString();
    }

    private static List<Path> files(Path model) throws IOException {
        if (Files.isRegularFile(model)) {
            return List.of(model);
        }
        try (Stream<Path> all = Files.list(model)) {
            return all.filter(file -> file.toString().matches(".*\\.(safetensors|gguf|json)"))
                    .sorted()
                    .toList();
        }
    }

    /// Removes what was kept of models that are gone, and what interrupted starts left behind.
    static void sweep(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            for (var file : all.toList()) {
                if (isLeft(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | SartorException e) {
            LOG.debug("{} could not be swept", folder, e);
        }
    }
}
