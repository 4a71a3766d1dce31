package dev.sartor.data.row;

import dev.sartor.core.Json;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The columns of a batch of rows, which are taken in the schema's order: each takes its node and buffers from those that are
/// left. What JSON they become is as with ParquetValues: numbers, true and false as they are, lists as arrays, structures as
/// objects, all else as its text.
final class ArrowBatch {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST_OF_A_TEXT = 1 << 30;
    private static final int MOST_WITHOUT_BYTES = 1_000_000;

    private static final ValueLayout.OfShort SHORT = little(ValueLayout.JAVA_SHORT_UNALIGNED);
    private static final ValueLayout.OfInt INT = little(ValueLayout.JAVA_INT_UNALIGNED);
    private static final ValueLayout.OfLong LONG = little(ValueLayout.JAVA_LONG_UNALIGNED);

    private final RecordBatch batch;
    private final MemorySegment body;
    private final Map<Long, List<ArrowColumn>> dictionaries;
    private int node;
    private int buffer;

    ArrowBatch(RecordBatch batch, MemorySegment body, Map<Long, List<ArrowColumn>> dictionaries) {
        if (batch.compression() != null) {
            throw new IllegalStateException("its buffers are compressed");
        }
        this.batch = batch;
        this.body = body;
        this.dictionaries = dictionaries;
    }

    @SuppressWarnings("unchecked")
    private static <L extends ValueLayout> L little(L layout) {
        return (L) layout.withOrder(ByteOrder.LITTLE_ENDIAN);
    }

    long rows() {
        return sound(batch.length());
    }

    /// The next column; of a dictionary, the values that its numbers stand for.
    ArrowColumn column(Field field) {
        var encoding = field.dictionary();
        if (encoding == null) {
            return values(field);
        }
        var index = encoding.indexType();
        int bytes = index == null ? Integer.BYTES : index.bitWidth() / Byte.SIZE;
        boolean isSigned = index == null || index.isSigned();
        var numbers = fixed((data, row) -> NODES.numberNode(integer(data, row, bytes, isSigned)));
        long id = encoding.id();
        return new ArrowColumn(
                numbers.length(),
                row -> {
                    var number = numbers.at(row);
                    return number.isNull() ? number : looked(id, number.longValue());
                });
    }

    private JsonNode looked(long dictionary, long number) {
        long left = number;
        for (var part : dictionaries.getOrDefault(dictionary, List.of())) {
            if (left < part.length()) {
                return part.at(left);
            }
            left -= part.length();
        }
        throw new IndexOutOfBoundsException("value " + number + " of a dictionary");
    }

    /// The next column's own values.
    ArrowColumn values(Field field) {
        return switch (field.typeType()) {
            case Type.Null -> new ArrowColumn(nextNode(), _ -> NODES.nullNode());
            case Type.Bool -> fixed((data, row) -> NODES.booleanNode(bit(data, row)));
            case Type.Int -> {
                var type = (Int) field.type(new Int());
                int bytes = type.bitWidth() / Byte.SIZE;
                yield fixed((data, row) -> whole(data, row, bytes, type.isSigned()));
            }
            case Type.FloatingPoint -> {
                var type = (FloatingPoint) field.type(new FloatingPoint());
                short precision = type.precision();
                yield fixed((data, row) -> real(data, row, precision));
            }
            case Type.Decimal -> {
                var type = (Decimal) field.type(new Decimal());
                int bytes = type.bitWidth() / Byte.SIZE;
                int scale = type.scale();
                yield fixed((data, row) -> decimal(data, row, bytes, scale));
            }
            case Type.Date, Type.Time, Type.Timestamp, Type.Duration -> time(field);
            case Type.Utf8 -> texts(false);
            case Type.LargeUtf8 -> texts(true);
            case Type.Binary, Type.LargeBinary -> bytes(3);
            case Type.FixedSizeBinary, Type.Interval -> bytes(2);
            case Type.List, Type.Map -> list(field, false);
            case Type.LargeList -> list(field, true);
            case Type.FixedSizeList -> {
                var type = (FixedSizeList) field.type(new FixedSizeList());
                yield fixedList(field, type.listSize());
            }
            case Type.Struct_ -> structure(field);
            default ->
                    throw new IllegalStateException("a column of " + Type.name(field.typeType()));
        };
    }

    // ---- Buffers
    // ---------------------------------------------------------------------------------------------------

    /// @return how many values it says the next column has: no more than bits could be there for, or a million of nothing
    private long nextNode() {
        if (node >= batch.nodesLength()) {
            throw new IllegalStateException("a column without its node");
        }
        return sound(batch.nodes(node++).length());
    }

    private long sound(long rows) {
        if (rows < 0 || rows > Byte.SIZE * body.byteSize() + MOST_WITHOUT_BYTES) {
            throw new IllegalStateException(rows + " rows in " + body.byteSize() + " bytes");
        }
        return rows;
    }

    private MemorySegment next() {
        if (buffer >= batch.buffersLength()) {
            throw new IllegalStateException("a column without its buffers");
        }
        var place = batch.buffers(buffer++);
        return body.asSlice(place.offset(), place.length());
    }

    /// The head of a column: how many values, and which of them are there.
    private record Head(long length, MemorySegment validity) {
        boolean has(long row) {
            return validity.byteSize() == 0 || bit(validity, row);
        }

        ArrowColumn column(ArrowColumn.Values values) {
            return new ArrowColumn(length, row -> has(row) ? values.at(row) : NODES.nullNode());
        }
    }

    private Head head() {
        return new Head(nextNode(), next());
    }

    private static boolean bit(MemorySegment bits, long row) {
        return (bits.get(ValueLayout.JAVA_BYTE, row / Byte.SIZE) >> (row % Byte.SIZE) & 1) == 1;
    }

    @FunctionalInterface
    private interface Fixed {
        JsonNode at(MemorySegment data, long row);
    }

    private ArrowColumn fixed(Fixed values) {
        var head = head();
        var data = next();
        return head.column(row -> values.at(data, row));
    }

    private ArrowColumn bytes(int buffers) {
        var head = head();
        for (int i = 1; i < buffers; i++) {
            next();
        }
        return head.column(_ -> NODES.nullNode());
    }

    private static long offset(MemorySegment offsets, long row, boolean isLarge) {
        return isLarge
                ? offsets.get(LONG, row * Long.BYTES)
                : offsets.get(INT, row * Integer.BYTES);
    }

    // ---- Values
    // ----------------------------------------------------------------------------------------------------

    private static long integer(MemorySegment data, long row, int bytes, boolean isSigned) {
        return switch (bytes) {
            case Byte.BYTES -> {
                byte value = data.get(ValueLayout.JAVA_BYTE, row);
                yield isSigned ? value : Byte.toUnsignedInt(value);
            }
            case Short.BYTES -> {
                short value = data.get(SHORT, row * bytes);
                yield isSigned ? value : Short.toUnsignedInt(value);
            }
            case Integer.BYTES -> {
                int value = data.get(INT, row * bytes);
                yield isSigned ? value : Integer.toUnsignedLong(value);
            }
            case Long.BYTES -> data.get(LONG, row * bytes);
            default -> throw new IllegalStateException("whole numbers of " + bytes + " bytes");
        };
    }

    private static JsonNode whole(MemorySegment data, long row, int bytes, boolean isSigned) {
        long value = integer(data, row, bytes, isSigned);
        if (!isSigned && bytes == Long.BYTES && value < 0) {
            return NODES.numberNode(new BigInteger(Long.toUnsignedString(value)));
        }
        return bytes < Integer.BYTES || (bytes == Integer.BYTES && isSigned)
                ? NODES.numberNode((int) value)
                : NODES.numberNode(value);
    }

    private static JsonNode real(MemorySegment data, long row, short precision) {
        return switch (precision) {
            case Precision.HALF ->
                    NODES.numberNode(Float.float16ToFloat(data.get(SHORT, row * Short.BYTES)));
            case Precision.SINGLE ->
                    NODES.numberNode(Float.intBitsToFloat(data.get(INT, row * Integer.BYTES)));
            default -> NODES.numberNode(Double.longBitsToDouble(data.get(LONG, row * Long.BYTES)));
        };
    }

    private static JsonNode decimal(MemorySegment data, long row, int bytes, int scale) {
        var value = new byte[bytes];
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, row * bytes, value, 0, bytes);
        for (int i = 0; i < bytes / 2; i++) { // Arrow's end is little, BigInteger's is big
            byte other = value[i];
            value[i] = value[bytes - 1 - i];
            value[bytes - 1 - i] = other;
        }
        return NODES.stringNode(new BigDecimal(new BigInteger(value), scale).toPlainString());
    }

    private ArrowColumn texts(boolean isLarge) {
        var head = head();
        var offsets = next();
        var data = next();
        return head.column(row -> NODES.stringNode(text(offsets, data, row, isLarge)));
    }

    private static String text(
            MemorySegment offsets, MemorySegment data, long row, boolean isLarge) {
        long begin = offset(offsets, row, isLarge);
        long length = offset(offsets, row + 1, isLarge) - begin;
        if (length < 0 || length > MOST_OF_A_TEXT) {
            throw new IllegalStateException("a text of " + length + " bytes");
        }
        ByteBuffer utf8 = data.asSlice(begin, length).asByteBuffer();
        return StandardCharsets.UTF_8.decode(utf8).toString();
    }

    private ArrowColumn time(Field field) {
        return switch (field.typeType()) {
            case Type.Date -> {
                var type = (Date) field.type(new Date());
                yield type.unit() == DateUnit.DAY
                        ? told(Integer.BYTES, LocalDate::ofEpochDay)
                        : told(
                                Long.BYTES,
                                value -> LocalDate.ofEpochDay(Math.floorDiv(value, 86_400_000L)));
            }
            case Type.Time -> {
                var type = (Time) field.type(new Time());
                long nanos = nanos(type.unit());
                yield told(
                        type.bitWidth() / Byte.SIZE,
                        value -> LocalTime.ofNanoOfDay(Math.multiplyExact(value, nanos)));
            }
            case Type.Timestamp -> {
                var type = (Timestamp) field.type(new Timestamp());
                short unit = type.unit();
                boolean isZoned = type.timezone() != null;
                yield told(Long.BYTES, value -> moment(value, unit, isZoned));
            }
            default -> {
                var type =
                        (org.apache.arrow.flatbuf.Duration)
                                field.type(new org.apache.arrow.flatbuf.Duration());
                long nanos = nanos(type.unit());
                long perSecond = 1_000_000_000L / nanos;
                yield told(
                        Long.BYTES,
                        value ->
                                Duration.ofSeconds(
                                        Math.floorDiv(value, perSecond),
                                        Math.floorMod(value, perSecond) * nanos));
            }
        };
    }

    @FunctionalInterface
    private interface Told {
        Object of(long value);
    }

    /// Whole numbers that stand for something whose text is told.
    private ArrowColumn told(int bytes, Told meaning) {
        return fixed((data, row) ->
                NODES.stringNode(meaning.of(integer(data, row, bytes, true)).toString()));
    }

    private static Object moment(long value, short unit, boolean isZoned) {
        long perSecond = 1_000_000_000L / nanos(unit);
        var moment =
                Instant.ofEpochSecond(
                        Math.floorDiv(value, perSecond),
                        Math.floorMod(value, perSecond) * nanos(unit));
        return isZoned ? moment : LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static long nanos(short unit) {
        return switch (unit) {
            case TimeUnit.SECOND -> 1_000_000_000L;
            case TimeUnit.MILLISECOND -> 1_000_000L;
            case TimeUnit.MICROSECOND -> 1_000L;
            default -> 1L;
        };
    }

    // ---- Columns of columns
    // ----------------------------------------------------------------------------------------

    private ArrowColumn list(Field field, boolean isLarge) {
        var head = head();
        var offsets = next();
        var items = column(field.children(0));
        return head.column(row ->
                array(items, offset(offsets, row, isLarge), offset(offsets, row + 1, isLarge)));
    }

    private ArrowColumn fixedList(Field field, int size) {
        var head = head();
        var items = column(field.children(0));
        return head.column(row -> array(items, row * size, (row + 1) * size));
    }

    private static JsonNode array(ArrowColumn items, long begin, long end) {
        var array = Json.mapper().createArrayNode();
        for (long i = begin; i < end; i++) {
            array.add(items.at(i));
        }
        return array;
    }

    private ArrowColumn structure(Field field) {
        var head = head();
        var names = new ArrayList<String>();
        var parts = new ArrayList<ArrowColumn>();
        for (int i = 0; i < field.childrenLength(); i++) {
            names.add(field.children(i).name());
            parts.add(column(field.children(i)));
        }
        return head.column(row -> {
            var object = Json.mapper().createObjectNode();
            for (int i = 0; i < parts.size(); i++) {
                var value = parts.get(i).at(row);
                if (!value.isNull()) {
                    object.set(names.get(i), value);
                }
            }
            return object;
        });
    }
}
