package dev.sartor.cli.data;

import dev.sartor.cli.console.Interrupts;
import dev.sartor.cli.console.TemporaryFolder;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Embedder;
import dev.sartor.curate.RowSource;
import dev.sartor.hub.environment.Use;

/// What a command over rows works with: a folder for the rows, the wish to stop, an embedder that is opened when it is asked for. Closing
/// it frees all of them.
final class RowWork implements AutoCloseable {
    private final Composition composition;
    private final ColumnOptions columns;
    private final Interrupts interrupts;
    private final LateEmbedder embedder;
    private final TemporaryFolder folder;

    private RowWork(
            Composition composition,
            ColumnOptions columns,
            Interrupts interrupts,
            LateEmbedder embedder,
            TemporaryFolder folder) {
        this.composition = composition;
        this.columns = columns;
        this.interrupts = interrupts;
        this.embedder = embedder;
        this.folder = folder;
    }

    /// @param model the embedder's name
    /// @param use what it is for
    static RowWork open(Composition composition, ColumnOptions columns, String model, Use use) {
        return new RowWork(
                composition,
                columns,
                composition.interrupts(),
                new LateEmbedder(composition, use, model),
                TemporaryFolder.create("rows"));
    }

    /// For a command that asks for no vectors.
    static RowWork open(Composition composition, ColumnOptions columns) {
        return open(composition, columns, LateEmbedder.USUAL, Use.COMMERCIAL);
    }

    RowSource source() {
        return new RowSource(
                columns.text,
                columns.label,
                folder.path(),
                composition.console(),
                interrupts.cancellation());
    }

    Embedder embedder() {
        return embedder.embedder();
    }

    @Override
    public void close() {
        try (interrupts;
                embedder) {
            folder.close();
        }
    }
}
