package dev.sartor.weights.gguf;

import dev.sartor.core.SartorException;
import dev.sartor.weights.SafetensorsType;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/// The types that weights can be written in.
public enum WeightType {
    F32(GgmlType.F32, 0),
    BF16(GgmlType.BF16, 32),
    F16(GgmlType.F16, 1),
    /// Eight bits a weight, one scale for 32.
    Q8_0(GgmlType.Q8_0, 7),
    /// Four bits a weight, one scale for 32.
    Q4_0(GgmlType.Q4_0, 2);

    /// Values encoded at a time.
    private static final int CHUNK = 1 << 14;

    /// Values written at a time.
    private static final long PIECE = 1 << 22;

    private static final float MOST_HALF = 65_504;
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final GgmlType ggml;
    private final int fileType;

    WeightType(GgmlType ggml, int fileType) {
        this.ggml = ggml;
        this.fileType = fileType;
    }

    public GgmlType ggml() {
        return ggml;
    }

    /// GGUF's number for a file whose matrices are of this type (`llama_ftype` in llama.h).
    public int fileType() {
        return fileType;
    }

    /// Whether several weights share a scale.
    public boolean isQuantised() {
        return ggml.blockValues() > 1;
    }

    /// The type's name in safetensors.
    ///
    /// @throws SartorException a user's error where it has none
    public SafetensorsType safetensors() {
        return switch (this) {
            case F32 -> SafetensorsType.F32;
            case BF16 -> SafetensorsType.BF16;
            case F16 -> SafetensorsType.F16;
            case Q8_0, Q4_0 ->
                    throw SartorException.user(
                            "--type must be F32, BF16 or F16 in a Hugging Face directory, got "
                                    + this
                                    + ": quantised weights go into a GGUF file, --as gguf");
        };
    }

    /// How many bytes as many values take; they are whole blocks.
    public long bytes(long values) {
        return values / ggml.blockValues() * ggml.blockBytes();
    }

    /// Encodes values on all cores, and writes the blocks.
    ///
    /// @param name of the tensor, for an error
    /// @param floats float32, whole blocks
    public void write(String name, MemorySegment floats, OutputStream out) throws IOException {
        long values = floats.byteSize() / Float.BYTES;
        for (long from = 0; from < values; from += PIECE) {
            long count = Math.min(PIECE, values - from);
            out.write(encoded(name, floats.asSlice(from * Float.BYTES, count * Float.BYTES)));
        }
    }

    private byte[] encoded(String name, MemorySegment floats) {
        int values = (int) (floats.byteSize() / Float.BYTES);
        var blocks = new byte[(int) bytes(values)];
        var encoder = Quantiser.of(this);
        IntStream.range(0, (values + CHUNK - 1) / CHUNK)
                .parallel()
                .forEach(chunk -> {
                    int from = chunk * CHUNK;
                    var piece = new float[Math.min(CHUNK, values - from)];
                    MemorySegment.copy(floats, FLOAT, from * 4L, piece, 0, piece.length);
                    check(name, piece);
                    int at = (int) bytes(from);
                    for (int i = 0; i < piece.length; i += ggml.blockValues()) {
                        encoder.encode(piece, i, blocks, at);
                        at += ggml.blockBytes();
                    }
                });
        return blocks;
    }

    /// Halves end at 65,504, and scales are halves.
    private void check(String name, float[] values) {
        float most =
                switch (this) {
                    case F32, BF16 -> Float.POSITIVE_INFINITY;
                    case F16 -> MOST_HALF;
                    case Q8_0 -> MOST_HALF * 127;
                    case Q4_0 -> MOST_HALF * 8;
                };
        for (float value : values) {
            if (!(Math.abs(value) <= most)) {
                throw SartorException.user(
                        "tensor '"
                                + name
                                + "' holds "
                                + value
                                + ", which "
                                + this
                                + " cannot hold: choose --type F32");
            }
        }
    }
}
