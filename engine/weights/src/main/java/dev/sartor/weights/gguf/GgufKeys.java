package dev.sartor.weights.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Keys and values of a GGUF file that is to be written (ggml's docs/gguf.md). Whole numbers become uint32 where they fit
/// and int64 else, those in lists int32; decimals become float32, as llama.cpp's converter writes them.
public final class GgufKeys {
    private static final int U8 = 0;
    private static final int U32 = 4;
    private static final int I32 = 5;
    private static final int F32 = 6;
    private static final int FLAG = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int I64 = 11;

    private final SequencedMap<String, Object> values = new LinkedHashMap<>();

    /// All that a file says, as it was read.
    public static GgufKeys of(GgufMetadata metadata) {
        var keys = new GgufKeys();
        metadata.values().forEach(keys.values::put);
        keys.values.remove("general.alignment"); // this one is written with the usual 32
        metadata.bytes("tokenizer.ggml.precompiled_charsmap")
                .ifPresent(map -> keys.values.put("tokenizer.ggml.precompiled_charsmap", map));
        return keys;
    }

    public GgufKeys put(String key, String value) {
        return any(key, value);
    }

    public GgufKeys put(String key, long value) {
        return any(key, value);
    }

    public GgufKeys put(String key, double value) {
        return any(key, value);
    }

    public GgufKeys put(String key, boolean value) {
        return any(key, value);
    }

    public GgufKeys put(String key, List<String> values) {
        return any(key, List.copyOf(values));
    }

    public GgufKeys put(String key, long[] values) {
        return any(key, values.clone());
    }

    public GgufKeys put(String key, double[] values) {
        return any(key, values.clone());
    }

    public GgufKeys put(String key, boolean[] values) {
        return any(key, values.clone());
    }

    private GgufKeys any(String key, Object value) {
        values.put(key, value);
        return this;
    }

    /// Leaves out what begins so.
    public GgufKeys remove(String prefix) {
        values.keySet().removeIf(key -> key.startsWith(prefix));
        return this;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /// As a reader sees them.
    public SequencedMap<String, Object> values() {
        return new LinkedHashMap<>(values);
    }

    int count() {
        return values.size();
    }

    byte[] encoded() {
        var out = new Bytes();
        values.forEach((key, value) -> {
            out.text(key);
            value(out, value);
        });
        return out.bytes();
    }

    private static void value(Bytes out, Object value) {
        switch (value) {
            case String text -> out.i32(STRING).text(text);
            case Boolean flag -> out.i32(FLAG).i8(flag ? 1 : 0);
            case Double number -> out.i32(F32).f32(number.floatValue());
            case Long whole when whole >= 0 && whole <= 0xffff_ffffL ->
                    out.i32(U32).i32(whole.intValue());
            case Long whole -> out.i32(I64).i64(whole);
            default -> array(out.i32(ARRAY), value);
        }
    }

    private static void array(Bytes out, Object value) {
        switch (value) {
            case byte[] bytes -> {
                out.i32(U8).i64(bytes.length);
                out.raw(bytes);
            }
            case boolean[] flags -> {
                out.i32(FLAG).i64(flags.length);
                for (boolean flag : flags) {
                    out.i8(flag ? 1 : 0);
                }
            }
            case double[] numbers -> {
                out.i32(F32).i64(numbers.length);
                for (double number : numbers) {
                    out.f32((float) number);
                }
            }
            case long[] numbers -> integers(out, numbers);
            case List<?> items when items.stream().allMatch(String.class::isInstance) -> {
                out.i32(STRING).i64(items.size());
                items.forEach(item -> out.text((String) item));
            }
            case List<?> lists -> {
                out.i32(ARRAY).i64(lists.size());
                lists.forEach(list -> array(out, list));
            }
            default -> throw new IllegalArgumentException("no GGUF value: " + value.getClass());
        }
    }

    private static void integers(Bytes out, long[] numbers) {
        boolean small = true;
        for (long number : numbers) {
            small &= number == (int) number;
        }
        out.i32(small ? I32 : I64).i64(numbers.length);
        for (long number : numbers) {
            if (small) {
                out.i32((int) number);
            } else {
                out.i64(number);
            }
        }
    }

    /// Little-endian bytes.
    static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes i8(int value) {
            out.write(value);
            return this;
        }

        Bytes i32(int value) {
            return raw(buffer(4).putInt(value).array());
        }

        Bytes i64(long value) {
            return raw(buffer(8).putLong(value).array());
        }

        Bytes f32(float value) {
            return raw(buffer(4).putFloat(value).array());
        }

        Bytes text(String value) {
            var utf8 = value.getBytes(StandardCharsets.UTF_8);
            return i64(utf8.length).raw(utf8);
        }

        Bytes raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        private static ByteBuffer buffer(int size) {
            return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
