package dev.sartor.model;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.NativeMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What a model's weights take once they are loaded, counted before any of them is.
///
/// @param numbers that its files hold
record LoadedSize(Path model, long numbers) {
    /// Bytes of a number, by how it is held; scales of blocks counted.
    private static double bytes(Precision held) {
        return switch (held) {
            case F32 -> 4;
            case BF16 -> 2;
            case INT8 -> 1;
            case INT4 -> 0.5 + 4.0 / 32;
        };
    }

    static LoadedSize of(Path model, Stream<List<Long>> shapes) {
        return new LoadedSize(
                model,
                shapes.mapToLong(shape -> shape.stream().reduce(1L, Math::multiplyExact)).sum());
    }

    private long mib(Precision held) {
        return Math.round(numbers * bytes(held)) >> 20;
    }

    /// @throws SartorException resources are missing where the weights do not fit beside what the process holds already
    void refuseUnlessItFits(Precision held) {
        refusal(held, NativeMemory.residentMib().orElse(0), NativeMemory.allowedMib())
                .ifPresent(why -> {
                    throw SartorException.missing(why);
                });
    }

    /// @param resident MiB that the process holds now
    /// @param allowed MiB that it may hold; empty where that is not known
    Optional<String> refusal(Precision held, long resident, OptionalLong allowed) {
        long free = allowed.orElse(Long.MAX_VALUE) - resident;
        if (mib(held) <= free) {
            return Optional.empty();
        }
        var smaller =
                Stream.of(Precision.INT8, Precision.INT4)
                        .filter(each -> !held.isQuantised() || each == Precision.INT4)
                        .filter(each -> each != held && mib(each) <= free)
                        .map(each -> "hold them in %s (%d MiB), ".formatted(each.word(), mib(each)))
                        .findFirst()
                        .orElse("");
        return Optional.of(
                "the weights of %s take %d MiB in %s and %d are free: %sfree some memory, or choose a smaller model."
                        .formatted(model, mib(held), held.word(), Math.max(0, free), smaller));
    }
}
