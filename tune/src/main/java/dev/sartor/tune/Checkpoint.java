package dev.sartor.tune;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.model.Safetensors;
import dev.sartor.model.SafetensorsWriter;
import dev.sartor.model.WeightAccess;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// Arrays and a state in one safetensors file with a checksum over both, so that it is there whole or known to be damaged.
/// For the engine's thread.
final class Checkpoint {
    private static final String STATE = "state";
    private static final String CHECKSUM = "crc32c";
    private static final int CHUNK = 1 << 28;

    private Checkpoint() {}

    /// @param arrays one-dimensional, under names of their own
    static void write(Path file, Map<String, Tensor> arrays, String state) {
        try (var _ = TensorScope.open()) {
            var entries = new TreeMap<String, Safetensors.Entry>();
            arrays.forEach((name, array) -> entries.put(name, Safetensors.Entry.of(array)));
            SafetensorsWriter.write(
                    file,
                    entries,
                    Map.of("format", "pt", STATE, state, CHECKSUM, checksum(entries, state)));
        }
    }

    /// The state that a file was written with; the arrays are filled with what it holds, if it is whole.
    ///
    /// @return empty when the file is damaged; the arrays may be changed then
    static Optional<String> read(Path file, Map<String, Tensor> arrays) {
        var opened = open(file);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (var stored = opened.get();
                var _ = TensorScope.open()) {
            var entries = new TreeMap<String, Safetensors.Entry>();
            stored.names().forEach(name -> entries.put(name, stored.tensor(name)));
            var state = stored.metadata().getOrDefault(STATE, "");
            if (!checksum(entries, state).equals(stored.metadata().get(CHECKSUM))) {
                return Optional.empty();
            }
            for (var array : arrays.entrySet()) {
                fill(file, array.getValue(), Optional.ofNullable(entries.get(array.getKey())));
            }
            return Optional.of(state);
        }
    }

    private static void fill(Path file, Tensor array, Optional<Safetensors.Entry> entry) {
        if (entry.isEmpty() || !entry.get().shape().equals(List.of(array.count()))) {
            throw SartorException.user(
                    file
                            + " is of a training of another shape: remove the file, or choose another folder.");
        }
        array.copyFrom(Tensors.copyOf(entry.get().bytes(), array.type(), array.count()));
    }

    private static Optional<Safetensors> open(Path file) {
        try {
            return Optional.of(Safetensors.open(file, WeightAccess.COPIED));
        } catch (SartorException e) {
            return Optional.empty();
        }
    }

    /// The state alone, unchecked; empty when the file cannot be read.
    static Optional<String> state(Path file) {
        var opened = open(file);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (var stored = opened.get()) {
            return Optional.ofNullable(stored.metadata().get(STATE));
        }
    }

    private static String checksum(Map<String, Safetensors.Entry> entries, String state) {
        var crc = new CRC32C();
        crc.update(state.getBytes(StandardCharsets.UTF_8));
        entries.forEach((name, entry) -> {
            crc.update(name.getBytes(StandardCharsets.UTF_8));
            var bytes = entry.bytes();
            for (long from = 0; from < bytes.byteSize(); from += CHUNK) {
                crc.update(
                        bytes.asSlice(from, Math.min(CHUNK, bytes.byteSize() - from))
                                .asByteBuffer());
            }
        });
        return Json.line(crc.getValue());
    }
}
