package dev.sartor.data.row;

import tools.jackson.databind.JsonNode;

/// The values of one column in one batch of rows.
///
/// @param length how many there are
/// @param values by row, from 0
record ArrowColumn(long length, Values values) {
    @FunctionalInterface
    interface Values {
        JsonNode at(long row);
    }

    /// Null where there is none; bytes are null, too.
    ///
    /// @throws IndexOutOfBoundsException where the row is outside of the column, or its value outside of the file
    JsonNode at(long row) {
        if (row < 0 || row >= length) {
            throw new IndexOutOfBoundsException("row " + row + " of " + length);
        }
        return values.at(row);
    }
}
