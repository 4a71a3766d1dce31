package dev.sartor.data.row;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;

/// Which of Arrow's types are read, and how.
final class ArrowTypes {
    private static final int DEEPEST = 32;
    private static final int MOST_FIELDS = 10_000;

    /// Their buffers lie otherwise.
    private static final Set<Byte> FOREIGN =
            Set.of(
                    Type.NONE,
                    Type.Union,
                    Type.RunEndEncoded,
                    Type.BinaryView,
                    Type.Utf8View,
                    Type.ListView,
                    Type.LargeListView);

    private static final Set<Byte> BYTES =
            Set.of(Type.Binary, Type.LargeBinary, Type.FixedSizeBinary, Type.Interval);

    private static final Set<Byte> NESTED =
            Set.of(Type.List, Type.LargeList, Type.FixedSizeList, Type.Map, Type.Struct_);

    private final Map<Long, Field> encoded = new HashMap<>();
    private int fields;

    private ArrowTypes() {}

    /// Looks at a schema's columns.
    ///
    /// @return the fields that dictionaries hold, by the dictionaries' numbers
    /// @throws IllegalStateException where a column is of a type that is not read, or the schema has no end
    static Map<Long, Field> encoded(Schema schema) {
        var types = new ArrowTypes();
        for (int i = 0; i < schema.fieldsLength(); i++) {
            types.look(schema.fields(i), 0);
        }
        return types.encoded;
    }

    private void look(Field field, int depth) {
        if (depth > DEEPEST || ++fields > MOST_FIELDS) {
            throw new IllegalStateException(
                    "columns within columns, more than "
                            + MOST_FIELDS
                            + " or "
                            + DEEPEST
                            + " deep");
        }
        if (FOREIGN.contains(field.typeType()) || field.typeType() >= Type.names.length) {
            throw new IllegalStateException(
                    "the column '" + field.name() + "' is of the type " + name(field));
        }
        if (field.dictionary() != null) {
            encoded.put(field.dictionary().id(), field);
        }
        for (int i = 0; i < field.childrenLength(); i++) {
            look(field.children(i), depth + 1);
        }
    }

    private static String name(Field field) {
        return field.typeType() < Type.names.length
                ? Type.name(field.typeType())
                : "number " + field.typeType();
    }

    /// Bytes are not read, lists and structures where they are wanted.
    static boolean isRead(Field field, boolean takesNested) {
        return !BYTES.contains(field.typeType())
                && (takesNested || !NESTED.contains(field.typeType()));
    }
}
