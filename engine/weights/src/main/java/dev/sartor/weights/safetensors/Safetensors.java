package dev.sartor.weights.safetensors;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.Tensor;
import dev.sartor.weights.Pickles;
import dev.sartor.weights.SafetensorsType;
import dev.sartor.weights.Shapes;
import dev.sartor.weights.WeightAccess;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// Named tensors in one safetensors file, or in the files that an index names. Thread-safe. Segments live until it
/// is closed.
public sealed interface Safetensors extends AutoCloseable
        permits SafetensorsFile, SafetensorsShards {
    /// The file in which an unsharded model's folder keeps its weights.
    String SINGLE = "model.safetensors";

    /// The file that says which of several files holds which tensor.
    String INDEX = "model.safetensors.index.json";

    /// One tensor, row-major and little-endian.
    ///
    /// @param shape the outermost dimension first; empty for a scalar
    record Entry(SafetensorsType type, List<Long> shape, MemorySegment bytes) {
        public Entry {
            shape = List.copyOf(shape);
            long expected = Shapes.bytes(shape, type.bytes()).orElse(-1);
            if (expected != bytes.byteSize()) {
                throw SartorException.defect(
                        "a tensor "
                                + shape
                                + " of "
                                + type
                                + " has "
                                + bytes.byteSize()
                                + " bytes");
            }
        }

        /// A tensor's own memory, valid while the tensor lives; a copy where it is not contiguous, valid while the scope
        /// that is open does.
        public static Entry of(Tensor tensor) {
            var type =
                    switch (tensor.type()) {
                        case F32 -> SafetensorsType.F32;
                        case BF16 -> SafetensorsType.BF16;
                        case F16 -> SafetensorsType.F16;
                        case F64 -> SafetensorsType.F64;
                        case I64 -> SafetensorsType.I64;
                        case I32 -> SafetensorsType.I32;
                        case I8 -> SafetensorsType.I8;
                        case U8 -> SafetensorsType.U8;
                        case BOOL -> SafetensorsType.BOOL;
                    };
            var dense = tensor.detached().contiguous();
            return new Entry(type, Arrays.stream(tensor.shape()).boxed().toList(), dense.memory());
        }
    }

    /// @param path a safetensors file, an index, or a folder with either
    static Safetensors open(Path path, WeightAccess access) {
        if (Files.isDirectory(path)) {
            if (Files.exists(path.resolve(SINGLE))) {
                return SafetensorsFile.open(path.resolve(SINGLE), access);
            }
            if (Files.exists(path.resolve(INDEX))) {
                return SafetensorsShards.open(path.resolve(INDEX), access);
            }
            Pickles.refuse(path, SINGLE);
            throw SartorException.missing(
                    path
                            + " holds neither "
                            + SINGLE
                            + " nor "
                            + INDEX
                            + ": name a model's folder, or fetch the model again.");
        }
        return path.toString().endsWith(".json")
                ? SafetensorsShards.open(path, access)
                : SafetensorsFile.open(path, access);
    }

    /// In the order of their bytes.
    SequencedSet<String> names();

    /// @throws SartorException a user's error when there is no such tensor
    Entry tensor(String name);

    /// A tensor's type and shape, without its bytes.
    ///
    /// @throws SartorException a user's error when there is no such tensor
    SafetensorsHeader.Place place(String name);

    /// Copies a tensor's bytes, and keeps none of them.
    ///
    /// @param target of the tensor's size, outside the heap
    void read(String name, MemorySegment target);

    /// What the writer noted, such as `format: pt`.
    Map<String, String> metadata();

    @Override
    void close();
}
