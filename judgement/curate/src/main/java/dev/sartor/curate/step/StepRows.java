package dev.sartor.curate.step;

import dev.sartor.core.Origin;
import dev.sartor.curate.row.RowColumns;
import dev.sartor.curate.row.RowStore;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The rows that are left when a step begins, numbered anew from 0. References come first: they are compared with, and stay. Safe for
/// concurrent callers.
public final class StepRows {
    private final RowStore store;
    private final int[] rows;
    private final int references;

    /// @param rows of the store, rising
    public StepRows(RowStore store, int[] rows) {
        this.store = store;
        this.rows = rows.clone();
        int found = Arrays.binarySearch(rows, store.references());
        this.references = found < 0 ? -found - 1 : found;
    }

    public int size() {
        return rows.length;
    }

    /// How many of the first rows are references.
    public int references() {
        return references;
    }

    public String text(int row) {
        return store.text(rows[row]);
    }

    public Optional<String> label(int row) {
        return store.label(rows[row]);
    }

    public ObjectNode fields(int row) {
        return store.fields(rows[row]);
    }

    public Origin origin(int row) {
        return store.origin(rows[row]);
    }

    /// Which fields are a row's text and label.
    RowColumns columns() {
        return store.columns();
    }

    /// The row's number in the store, by which it is known from step to step.
    public int stored(int row) {
        return rows[row];
    }
}
