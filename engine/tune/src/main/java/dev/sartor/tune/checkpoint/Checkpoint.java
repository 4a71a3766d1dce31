package dev.sartor.tune.checkpoint;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.safetensors.Safetensors;
import dev.sartor.weights.safetensors.SafetensorsWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/// Arrays and a state in one safetensors file with a checksum over all that it says, so that it is there whole or known to
/// be damaged. For the engine's thread.
public final class Checkpoint implements AutoCloseable {
    private static final String STATE = "state";
    private static final String CHECKSUM = "crc32c";
    private static final int CHUNK = 1 << 28;

    private final Path file;
    private final Safetensors stored;

    private Checkpoint(Path file, Safetensors stored) {
        this.file = file;
        this.stored = stored;
    }

    /// @param arrays one-dimensional, under names of their own
    static void write(Path file, Map<String, Tensor> arrays, String state) {
        try (var _ = TensorScope.open()) {
            var entries = new TreeMap<String, Safetensors.Entry>();
            arrays.forEach((name, array) -> entries.put(name, Safetensors.Entry.of(array)));
            var notes = new TreeMap<>(Map.of("format", "pt", STATE, state));
            notes.put(
                    CHECKSUM,
                    checksum(
                            entries.keySet(),
                            (name, use) -> use.accept(Objects.requireNonNull(entries.get(name))),
                            notes));
            SafetensorsWriter.write(file, entries, notes);
        }
    }

    /// A file that is whole.
    static Checkpoint open(Path file) throws DamagedCheckpoint {
        if (!Files.exists(file)) {
            throw new DamagedCheckpoint(file, "it is gone");
        }
        Safetensors stored;
        try {
            stored = Safetensors.open(file, WeightAccess.COPIED);
        } catch (SartorException e) {
            throw new DamagedCheckpoint(file, "its header or its length is wrong", e);
        }
        try {
            var notes = new TreeMap<>(stored.metadata());
            var expected = Optional.ofNullable(notes.remove(CHECKSUM));
            var found =
                    checksum(
                            new TreeSet<>(stored.names()),
                            (name, use) -> read(file, name, use),
                            notes);
            if (!expected.equals(Optional.of(found)) || !notes.containsKey(STATE)) {
                throw new DamagedCheckpoint(
                        file, "its checksum is " + found + ", noted is " + expected.orElse("none"));
            }
            return new Checkpoint(file, stored);
        } catch (DamagedCheckpoint | RuntimeException e) {
            stored.close();
            throw e;
        }
    }

    /// What the file was written with.
    public String state() {
        return stored.metadata().getOrDefault(STATE, "");
    }

    /// Fills the arrays with those that the file was written with.
    ///
    /// @throws SartorException a defect when it was written with others
    void fill(Map<String, Tensor> arrays) {
        arrays.forEach((name, target) -> read(file, name, entry -> fill(name, target, entry)));
    }

    private void fill(String name, Tensor target, Safetensors.Entry entry) {
        if (!entry.shape().equals(List.of(target.count()))) {
            throw SartorException.defect(
                    file + " is of this training and of another shape: " + name);
        }
        try (var _ = TensorScope.open()) {
            target.copyFrom(Tensors.copyOf(entry.bytes(), target.type(), target.count()));
        }
    }

    /// One array, which is in memory no longer than it is used.
    private static void read(Path file, String name, Consumer<Safetensors.Entry> use) {
        try (var alone = Safetensors.open(file, WeightAccess.COPIED)) {
            use.accept(alone.tensor(name));
        }
    }

    /// Hands an array over while it is there.
    private interface Arrays {
        void each(String name, Consumer<Safetensors.Entry> use);
    }

    @Override
    public void close() {
        stored.close();
    }

    /// The state alone, unchecked; empty when the file cannot be read.
    public static Optional<String> state(Path file) {
        try (var stored = Safetensors.open(file, WeightAccess.COPIED)) {
            return Optional.ofNullable(stored.metadata().get(STATE));
        } catch (SartorException e) {
            return Optional.empty();
        }
    }

    /// Over notes, names, types, shapes and bytes.
    ///
    /// @param names in their order
    private static String checksum(Set<String> names, Arrays arrays, Map<String, String> notes) {
        var crc = new CRC32C();
        crc.update(Json.line(notes).getBytes(StandardCharsets.UTF_8));
        for (var name : names) {
            arrays.each(name, entry -> add(crc, name, entry));
        }
        return Json.line(crc.getValue());
    }

    private static void add(CRC32C crc, String name, Safetensors.Entry entry) {
        var about = Json.line(List.of(name, entry.type(), entry.shape()));
        crc.update(about.getBytes(StandardCharsets.UTF_8));
        var bytes = entry.bytes();
        for (long from = 0; from < bytes.byteSize(); from += CHUNK) {
            crc.update(
                    bytes.asSlice(from, Math.min(CHUNK, bytes.byteSize() - from)).asByteBuffer());
        }
    }
}
