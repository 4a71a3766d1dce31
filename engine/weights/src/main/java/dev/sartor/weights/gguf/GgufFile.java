package dev.sartor.weights.gguf;

import dev.sartor.core.SartorException;
import dev.sartor.weights.FileBytes;
import dev.sartor.weights.Shapes;
import dev.sartor.weights.WeightAccess;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;

/// A GGUF file, version 2 or 3, little-endian (ggml's docs/gguf.md). Thread-safe. Segments live until it is closed.
public final class GgufFile implements AutoCloseable {
    private static final int MAGIC = 0x46554747;
    private static final int MOST_DIMENSIONS = 4;

    /// One tensor in blocks of its type, row after row; each row is a whole number of blocks.
    ///
    /// @param shape the outermost dimension first (GGUF itself stores the reverse), so a matrix is [rows, columns]
    public record Entry(GgmlType type, List<Long> shape, MemorySegment blocks) {
        public Entry {
            shape = List.copyOf(shape);
        }

        /// How many values the blocks hold.
        public long values() {
            return blocks.byteSize() / type.blockBytes() * type.blockValues();
        }
    }

    private record Place(String name, GgmlType type, List<Long> shape, long offset, long size) {}

    private final FileBytes bytes;
    private final GgufMetadata metadata;
    private final SequencedMap<String, Place> places = new LinkedHashMap<>();
    private final long dataStart;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    private GgufFile(FileBytes bytes, boolean vocabulary) {
        this.bytes = bytes;
        var in = new GgufCursor(bytes);
        if (bytes.size() < 24 || in.intValue() != MAGIC) {
            throw broken(bytes.file(), "it does not begin with GGUF");
        }
        checkVersion(in.intValue());
        int tensors = in.count("the number of tensors", 24);
        int keys = in.count("the number of keys", 13);
        metadata = new GgufMetadata(bytes.file(), new GgufValues(in, vocabulary).read(keys));
        long alignment = alignment();
        for (int i = 0; i < tensors; i++) {
            var place = place(in);
            if (places.put(place.name(), place) != null) {
                throw in.broken("tensor '" + place.name() + "' stands in it twice");
            }
        }
        dataStart = (in.position() + alignment - 1) / alignment * alignment;
        checkPlaces(alignment);
    }

    public static GgufFile open(Path file, WeightAccess access) {
        return open(file, access, true);
    }

    /// For its weights alone: the lists of tokens are empty.
    public static GgufFile withoutVocabulary(Path file, WeightAccess access) {
        return open(file, access, false);
    }

    private static GgufFile open(Path file, WeightAccess access, boolean vocabulary) {
        var bytes = FileBytes.open(file, access);
        try {
            return new GgufFile(bytes, vocabulary);
        } catch (RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    public GgufMetadata metadata() {
        return metadata;
    }

    /// In the file's order.
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(places.sequencedKeySet());
    }

    /// A tensor's shape, without its blocks.
    ///
    /// @throws SartorException a user's error when there is no such tensor
    public List<Long> shape(String name) {
        return place(name).shape();
    }

    private Place place(String name) {
        return Optional.ofNullable(places.get(name))
                .orElseThrow(() ->
                        broken(
                                bytes.file(),
                                "it has no tensor '"
                                        + name
                                        + "', so it holds another kind of model"));
    }

    /// @throws SartorException a user's error when there is no such tensor
    public Entry tensor(String name) {
        var place = place(name);
        return entries.computeIfAbsent(
                name,
                ignored ->
                        new Entry(
                                place.type(),
                                place.shape(),
                                bytes.segment(dataStart + place.offset(), place.size())));
    }

    private void checkVersion(int version) {
        if (version != 2 && version != 3) {
            boolean swapped = version != 0 && (version & 0xffff) == 0;
            throw broken(
                    bytes.file(),
                    swapped
                            ? "it is big-endian; only little-endian files are read"
                            : "its version must be 2 or 3, found "
                                    + Integer.toUnsignedString(version));
        }
    }

    private long alignment() {
        long alignment = metadata.integer("general.alignment").orElse(32);
        if (alignment < 1 || alignment > 1 << 20 || Long.bitCount(alignment) != 1) {
            throw broken(
                    bytes.file(),
                    "general.alignment must be a power of two up to 2^20, found " + alignment);
        }
        return alignment;
    }

    private static Place place(GgufCursor in) {
        var name = in.string("a tensor's name");
        int dimensions = in.intValue();
        if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
            throw in.broken(
                    "tensor '"
                            + name
                            + "' must have up to 4 dimensions, found "
                            + Integer.toUnsignedString(dimensions));
        }
        var shape = new ArrayList<Long>();
        for (int i = 0; i < dimensions; i++) {
            shape.addFirst(in.longValue());
        }
        int typeId = in.intValue();
        var type =
                GgmlType.of(typeId)
                        .orElseThrow(() ->
                                in.broken(
                                        "tensor '"
                                                + name
                                                + "' has the unknown type "
                                                + Integer.toUnsignedString(typeId)));
        long width = shape.isEmpty() ? 1 : shape.getLast();
        var size = Shapes.bytes(shape, type.blockBytes());
        if (size.isEmpty() || width % type.blockValues() != 0) {
            throw in.broken(
                    "tensor '"
                            + name
                            + "' of "
                            + type
                            + " (blocks of "
                            + type.blockValues()
                            + ") cannot have the shape "
                            + shape);
        }
        long offset = in.longValue();
        return new Place(name, type, shape, offset, size.getAsLong() / type.blockValues());
    }

    private void checkPlaces(long alignment) {
        var sorted = new ArrayList<>(places.values());
        sorted.sort(Comparator.comparingLong(Place::offset).thenComparingLong(Place::size));
        long end = 0;
        for (var place : sorted) {
            if (place.offset() < end || place.offset() % alignment != 0) {
                throw broken(
                        bytes.file(),
                        "tensor '"
                                + place.name()
                                + "' begins at byte "
                                + Long.toUnsignedString(place.offset())
                                + ", which "
                                + (place.offset() % alignment == 0
                                        ? "lies in another tensor"
                                        : "is no multiple of " + alignment));
            }
            long held = bytes.size() - dataStart;
            if (held - place.size() < place.offset()) {
                throw SartorException.user(
                        bytes.file()
                                + " is cut off: tensor '"
                                + place.name()
                                + "' needs "
                                + place.size()
                                + " bytes from byte "
                                + dataStart
                                + " + "
                                + place.offset()
                                + ", the file has "
                                + bytes.size()
                                + ". Fetch or copy it again.");
            }
            end = place.offset() + place.size();
        }
    }

    static SartorException broken(Path file, String what) {
        return SartorException.user(
                file
                        + " is not a usable GGUF file: "
                        + what
                        + ". Fetch it again, or name another file.");
    }

    @Override
    public void close() {
        bytes.close();
    }
}
