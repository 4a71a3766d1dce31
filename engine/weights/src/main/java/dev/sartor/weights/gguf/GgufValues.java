package dev.sartor.weights.gguf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Reads the typed values of a GGUF head.
final class GgufValues {
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int DEEPEST = 4;

    private static final String VOCABULARY = "tokenizer.ggml.";

    private final GgufCursor in;
    private final boolean vocabulary;

    /// @param vocabulary whether the tokens' texts are wanted, which are nearly all of a head; without it those lists are empty
    GgufValues(GgufCursor in, boolean vocabulary) {
        this.in = in;
        this.vocabulary = vocabulary;
    }

    SequencedMap<String, Object> read(int count) {
        var values = new LinkedHashMap<String, Object>();
        for (int i = 0; i < count; i++) {
            var key = in.string("a key");
            if (values.put(key, value(key, in.intValue(), 0)) != null) {
                throw in.broken("key " + key + " stands in it twice");
            }
        }
        return values;
    }

    private Object value(String key, int type, int depth) {
        return switch (type) {
            case 7 -> flag(key);
            case STRING -> in.string("the value of " + key);
            case ARRAY -> array(key, depth + 1);
            case 6, 12 -> decimal(type);
            default -> integer(key, type);
        };
    }

    private Object array(String key, int depth) {
        int type = in.intValue();
        int count = in.count("the number of values of " + key, width(key, type));
        if (depth > DEEPEST) {
            throw in.broken("key " + key + " holds lists in lists more than 4 deep");
        }
        return switch (type) {
            case 7 -> {
                var flags = new boolean[count];
                for (int i = 0; i < count; i++) {
                    flags[i] = flag(key);
                }
                yield flags;
            }
            case STRING, ARRAY -> {
                if (type == STRING && !vocabulary && key.startsWith(VOCABULARY)) {
                    for (int i = 0; i < count; i++) {
                        in.skipString(key);
                    }
                    yield List.of();
                }
                var items = new ArrayList<Object>(count);
                for (int i = 0; i < count; i++) {
                    items.add(value(key, type, depth));
                }
                yield List.copyOf(items);
            }
            case 6, 12 -> {
                var decimals = new double[count];
                for (int i = 0; i < count; i++) {
                    decimals[i] = decimal(type);
                }
                yield decimals;
            }
            default -> {
                var integers = new long[count];
                for (int i = 0; i < count; i++) {
                    integers[i] = integer(key, type);
                }
                yield integers;
            }
        };
    }

    private boolean flag(String key) {
        int value = in.byteValue();
        if (value != 0 && value != 1) {
            throw in.broken("key " + key + " must be true or false, found the byte " + value);
        }
        return value == 1;
    }

    private double decimal(int type) {
        return type == 6 ? in.floatValue() : in.doubleValue();
    }

    private long integer(String key, int type) {
        return switch (type) {
            case 0 -> Byte.toUnsignedLong((byte) in.byteValue());
            case 1 -> in.byteValue();
            case 2 -> Short.toUnsignedLong(in.shortValue());
            case 3 -> in.shortValue();
            case 4 -> Integer.toUnsignedLong(in.intValue());
            case 5 -> in.intValue();
            case 10 -> unsigned(key, in.longValue());
            case 11 -> in.longValue();
            default -> throw unknown(key, type);
        };
    }

    private long unsigned(String key, long value) {
        if (value < 0) {
            throw in.broken("key " + key + " is " + Long.toUnsignedString(value) + ", too large");
        }
        return value;
    }

    /// The least number of bytes of one value.
    private int width(String key, int type) {
        return switch (type) {
            case 0, 1, 7 -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case 10, 11, 12, STRING -> 8;
            case ARRAY -> 12;
            default -> throw unknown(key, type);
        };
    }

    private RuntimeException unknown(String key, int type) {
        return in.broken("key " + key + " has the unknown type " + Integer.toUnsignedString(type));
    }
}
