package dev.sartor.weights.gguf;

import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// A GGUF file's keys and values. An absent key gives an empty answer; a value of another type than asked for is a
/// user's error that names file and key. Immutable.
public final class GgufMetadata {
    private final Path file;
    private final SequencedMap<String, Object> values;

    /// @param values String, Boolean, Long (all integer types), Double (both float types), or a list: `List<String>`,
    ///     `long[]`, `double[]`, `boolean[]`, or a `List` of lists
    public GgufMetadata(Path file, SequencedMap<String, Object> values) {
        this.file = file;
        this.values = values;
    }

    public SequencedSet<String> keys() {
        return Collections.unmodifiableSequencedSet(values.sequencedKeySet());
    }

    /// All of them, as they were read.
    SequencedMap<String, Object> values() {
        return Collections.unmodifiableSequencedMap(values);
    }

    public Optional<String> string(String key) {
        return value(key, String.class, "a string");
    }

    public OptionalLong integer(String key) {
        var value = value(key, Long.class, "an integer");
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }

    /// An integer counts as a number too.
    public OptionalDouble number(String key) {
        var value = value(key, Number.class, "a number");
        return value.isPresent()
                ? OptionalDouble.of(value.get().doubleValue())
                : OptionalDouble.empty();
    }

    public Optional<Boolean> flag(String key) {
        return value(key, Boolean.class, "true or false");
    }

    public Optional<List<String>> strings(String key) {
        return value(key, List.class, "a list of strings")
                .map(list -> {
                    for (var item : list) {
                        if (!(item instanceof String)) {
                            throw wrong(key, "a list of strings", list);
                        }
                    }
                    @SuppressWarnings("unchecked") // every item was looked at
                    var strings = (List<String>) list;
                    return strings;
                });
    }

    public Optional<long[]> integers(String key) {
        return value(key, long[].class, "a list of integers").map(long[]::clone);
    }

    /// A list of integers, the lowest eight bits of each.
    public Optional<byte[]> bytes(String key) {
        return integers(key)
                .map(values -> {
                    var bytes = new byte[values.length];
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = (byte) values[i];
                    }
                    return bytes;
                });
    }

    public Optional<double[]> numbers(String key) {
        return value(key, double[].class, "a list of floats").map(double[]::clone);
    }

    /// Empty when the key holds one value instead of a list.
    public Optional<boolean[]> flags(String key) {
        return values.get(key) instanceof boolean[] list
                ? Optional.of(list.clone())
                : Optional.empty();
    }

    /// A number that must fit 32 bits.
    public int small(String key, long value) {
        if (value != (int) value) {
            throw broken("key " + key + " is " + value + ", too large");
        }
        return (int) value;
    }

    /// For a key without which the file cannot be used.
    public SartorException absent(String key) {
        return broken("it lacks the key " + key);
    }

    public SartorException broken(String what) {
        return GgufFile.broken(file, what);
    }

    private <T> Optional<T> value(String key, Class<T> type, String expected) {
        var value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw wrong(key, expected, value);
        }
        return Optional.of(type.cast(value));
    }

    private SartorException wrong(String key, String expected, Object value) {
        return GgufFile.broken(
                file,
                "key "
                        + key
                        + " must be "
                        + expected
                        + ", found "
                        + (value instanceof String || value instanceof Number
                                ? value
                                : value.getClass().getSimpleName()));
    }
}
