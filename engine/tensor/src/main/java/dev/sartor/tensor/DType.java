package dev.sartor.tensor;

import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// The type of a tensor's elements.
public enum DType {
    F32(torch.ScalarType.Float, 4),
    BF16(torch.ScalarType.BFloat16, 2),
    F16(torch.ScalarType.Half, 2),
    F64(torch.ScalarType.Double, 8),
    I64(torch.ScalarType.Long, 8),
    I32(torch.ScalarType.Int, 4),
    I8(torch.ScalarType.Char, 1),
    U8(torch.ScalarType.Byte, 1),
    BOOL(torch.ScalarType.Bool, 1);

    private final torch.ScalarType raw;
    private final int bytes;

    DType(torch.ScalarType raw, int bytes) {
        this.raw = raw;
        this.bytes = bytes;
    }

    /// Bytes of one element.
    public int bytes() {
        return bytes;
    }

    public torch.ScalarType raw() {
        return raw;
    }

    /// The caller closes it.
    TensorOptions options() {
        return new TensorOptions(raw);
    }

    static DType of(torch.ScalarType raw) {
        for (var type : values()) {
            if (type.raw.value == raw.value) {
                return type;
            }
        }
        throw new IllegalArgumentException("no such element type here: " + raw.intern());
    }
}
