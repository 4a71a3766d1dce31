package dev.sartor.model.file;

import dev.sartor.core.SartorException;
import dev.sartor.model.Precision;
import dev.sartor.tensor.machine.NativeMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a model's weights take once they are loaded, counted before any of them is.
///
/// @param numbers that its files hold
record LoadedSize(Path model, long numbers) {
    static LoadedSize of(Path model, Stream<List<Long>> shapes) {
        return new LoadedSize(
                model,
                shapes.mapToLong(shape -> shape.stream().reduce(1L, Math::multiplyExact)).sum());
    }

    private long mib(Precision held) {
        return Math.round(numbers * held.bytes()) >> 20;
    }

    /// @param rounds whether the model's weights could be rounded to fewer bits, as those of decoders can
    /// @throws SartorException resources are missing where the weights do not fit beside what the process holds already
    void refuseUnlessItFits(Precision held, boolean rounds) {
        long free =
                NativeMemory.allowedMib().orElse(Long.MAX_VALUE)
                        - NativeMemory.residentMib().orElse(0);
        refusal(held, rounds, free)
                .ifPresent(why -> {
                    throw SartorException.missing(why);
                });
    }

    /// @param free MiB that the process may still take
    Optional<String> refusal(Precision held, boolean rounds, long free) {
        if (mib(held) <= free) {
            return Optional.empty();
        }
        var smaller =
                Stream.of(Precision.BF16, Precision.INT8, Precision.INT4)
                        .filter(each -> each.bytes() < held.bytes() && mib(each) <= free)
                        .filter(each -> rounds || !each.isQuantised())
                        .map(each ->
                                String.format(
                                        Locale.ROOT,
                                        "hold them in %s (%d MiB), ",
                                        each.word(),
                                        mib(each)))
                        .findFirst()
                        .orElse("");
        return Optional.of(
                String.format(
                        Locale.ROOT,
                        "the weights of %s take %d MiB in %s and %d are free: %sfree some memory, or choose a smaller model.",
                        model,
                        mib(held),
                        held.word(),
                        Math.max(0, free),
                        smaller));
    }
}
