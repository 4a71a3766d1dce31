package dev.sartor.weights.safetensors;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.weights.FileBytes;
import dev.sartor.weights.SafetensorsType;
import dev.sartor.weights.Shapes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;

/// What a safetensors file says of its tensors, checked: every tensor's bytes follow the one before without gap or
/// overlap, have the size of its shape and type, and together fill the file
/// (<https://huggingface.co/docs/safetensors>).
///
/// @param dataStart where the tensors' bytes begin in the file
/// @param tensors in the order of their bytes
record SafetensorsHeader(
        long dataStart, SequencedMap<String, Place> tensors, Map<String, String> metadata) {
    static final long LONGEST = 100_000_000;

    /// @param begin,end relative to the header's end
    public record Place(SafetensorsType type, List<Long> shape, long begin, long end) {}

    static SafetensorsHeader read(FileBytes bytes) {
        return new Reading(bytes).header();
    }

    private record Reading(FileBytes bytes) {
        SafetensorsHeader header() {
            if (bytes.size() < 8) {
                throw broken("it has " + bytes.size() + " bytes, fewer than the 8 of its length");
            }
            long length = firstLong();
            if (length < 2 || length > LONGEST) {
                throw broken(
                        "its header's length must be 2 to "
                                + LONGEST
                                + " bytes, found "
                                + Long.toUnsignedString(length));
            }
            if (length > bytes.size() - 8) {
                throw cut(8 + length, "its header ends");
            }
            var metadata = new TreeMap<String, String>();
            var tensors = new LinkedHashMap<String, Place>();
            for (var field : json((int) length).properties()) {
                if (field.getKey().equals("__metadata__")) {
                    metadata.putAll(strings(field.getValue()));
                } else {
                    tensors.put(field.getKey(), place(field.getKey(), field.getValue()));
                }
            }
            return new SafetensorsHeader(
                    8 + length, inOrder(tensors, 8 + length), Map.copyOf(metadata));
        }

        private long firstLong() {
            return MemorySegment.ofArray(bytes.bytes(0, 8))
                    .get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
        }

        private JsonNode json(int length) {
            try {
                var node =
                        Json.mapper()
                                .reader()
                                .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                                .readTree(bytes.bytes(8, length));
                if (!node.isObject()) {
                    throw broken("its header is not a JSON object");
                }
                return node;
            } catch (JacksonException e) {
                throw broken("its header is not valid JSON (" + e.getOriginalMessage() + ")");
            }
        }

        private Map<String, String> strings(JsonNode node) {
            var strings = new TreeMap<String, String>();
            if (!node.isObject()) {
                throw broken("__metadata__ is not an object");
            }
            for (var field : node.properties()) {
                if (!field.getValue().isString()) {
                    throw broken("__metadata__." + field.getKey() + " is not a string");
                }
                strings.put(field.getKey(), field.getValue().stringValue());
            }
            return strings;
        }

        private Place place(String name, JsonNode node) {
            if (!node.isObject() || node.size() != 3) {
                throw broken("tensor '" + name + "' must have dtype, shape and data_offsets alone");
            }
            var typeName = node.path("dtype").asString("");
            var type =
                    SafetensorsType.named(typeName)
                            .orElseThrow(() ->
                                    broken(
                                            "tensor '"
                                                    + name
                                                    + "' has the unknown dtype '"
                                                    + typeName
                                                    + "'"));
            var shape = longs(name, "shape", node.path("shape"));
            var offsets = longs(name, "data_offsets", node.path("data_offsets"));
            var size = Shapes.bytes(shape, type.bytes());
            if (offsets.size() != 2
                    || size.isEmpty()
                    || offsets.getFirst() > offsets.getLast()
                    || offsets.getLast() - offsets.getFirst() != size.getAsLong()) {
                throw broken(
                        "tensor '"
                                + name
                                + "' of "
                                + type
                                + " "
                                + shape
                                + " cannot have the data_offsets "
                                + offsets);
            }
            return new Place(type, shape, offsets.getFirst(), offsets.getLast());
        }

        private List<Long> longs(String name, String key, JsonNode node) {
            var longs = new ArrayList<Long>();
            for (var value : node) {
                if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
                    throw broken(
                            "tensor '" + name + "': " + key + " holds " + value + ", not a size");
                }
                longs.add(value.asLong());
            }
            if (!node.isArray()) {
                throw broken("tensor '" + name + "' lacks the list " + key);
            }
            return List.copyOf(longs);
        }

        private SequencedMap<String, Place> inOrder(Map<String, Place> tensors, long dataStart) {
            var sorted = new ArrayList<>(tensors.entrySet());
            sorted.sort(
                    Comparator.comparing(
                            Map.Entry::getValue,
                            Comparator.comparingLong(Place::begin).thenComparingLong(Place::end)));
            var ordered = new LinkedHashMap<String, Place>();
            long end = 0;
            for (var entry : sorted) {
                if (entry.getValue().begin() != end) {
                    throw broken(
                            "tensor '"
                                    + entry.getKey()
                                    + "' must begin at byte "
                                    + end
                                    + ", where the one before ends, but begins at "
                                    + entry.getValue().begin());
                }
                end = entry.getValue().end();
                ordered.put(entry.getKey(), entry.getValue());
            }
            long held = bytes.size() - dataStart;
            if (held < end) {
                throw cut(dataStart + end, "its tensors end");
            }
            if (held > end) {
                throw broken((held - end) + " bytes follow its last tensor");
            }
            return ordered;
        }

        private SartorException cut(long expected, String what) {
            return SartorException.user(
                    bytes.file()
                            + " is cut off: "
                            + what
                            + " at byte "
                            + expected
                            + ", the file has "
                            + bytes.size()
                            + ". Fetch or copy it again.");
        }

        private SartorException broken(String what) {
            return notSafetensors(bytes.file(), what);
        }
    }

    private static SartorException notSafetensors(Path file, String what) {
        return SartorException.user(
                file
                        + " is not a usable safetensors file: "
                        + what
                        + ". Fetch it again, or have its source checked.");
    }
}
