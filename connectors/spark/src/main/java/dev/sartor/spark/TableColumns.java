package dev.sartor.spark;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/// A table's columns, as they are asked for by name.
record TableColumns(StructType schema) {
    /// The number of a column that holds text.
    ///
    /// @throws SartorException a user's error where there is none of that name, or it holds something else, such as bytes
    int text(String name) {
        int at = index(name);
        var type = schema.fields()[at].dataType();
        Problems.refuseUnless(
                type instanceof StringType,
                "the column '" + name + "'",
                "text (string)",
                type.simpleString(),
                "cast it, such as CAST(" + name + " AS STRING), or name another column");
        return at;
    }

    /// The number of a column that holds text or a list of texts.
    int texts(String name) {
        int at = index(name);
        var type = schema.fields()[at].dataType();
        boolean isText = type instanceof StringType;
        Problems.refuseUnless(
                isText || isTexts(type),
                "the column '" + name + "'",
                "text (string) or texts (array<string>)",
                type.simpleString(),
                "cast it, or name another column");
        return at;
    }

    static boolean isTexts(DataType type) {
        return type.sameType(DataTypes.createArrayType(DataTypes.StringType));
    }

    /// The table with one more column, which may be null.
    StructType with(String name, DataType type) {
        refuseIfThere(name);
        return schema.add(name, type, /* nullable= */ true);
    }

    /// The table behind one more column, which is never null.
    StructType after(String name, DataType type) {
        refuseIfThere(name);
        var all = new StructType().add(name, type, /* nullable= */ false);
        for (var field : schema.fields()) {
            all = all.add(field);
        }
        return all;
    }

    private void refuseIfThere(String name) {
        Problems.refuseUnless(
                Arrays.stream(schema.fieldNames()).noneMatch(name::equalsIgnoreCase),
                "the table",
                "without a column '" + name + "', where the result goes",
                "one that has it",
                "drop or rename that column first");
    }

    /// The number of a column.
    int index(String name) {
        var names = List.of(schema.fieldNames());
        int at = names.indexOf(name);
        if (at < 0) {
            throw SartorException.user(
                    "the table has no column '"
                            + name
                            + "'; it has "
                            + String.join(", ", names)
                            + "."
                            + Nearest.hint(name, names));
        }
        return at;
    }
}
