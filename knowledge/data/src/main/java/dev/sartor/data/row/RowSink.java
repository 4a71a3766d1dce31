package dev.sartor.data.row;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// Where the rows of a file go, and what is wrong with them.
public interface RowSink {
    /// @param line the row's first line, from 1
    void row(int line, JsonNode fields);

    void problem(int line, String what);

    /// Told once where a file names its columns apart from its rows.
    ///
    /// @return whether rows with these columns can be read; the sink has said why not
    boolean acceptsColumns(int line, List<String> names);

    /// Whether lists and structures are read from files that name their columns' types, too, as JSON.
    default boolean takesNested() {
        return false;
    }

    /// Told of columns whose values cannot be read from this kind of file.
    default void passesOver(List<String> columns) {}
}
