package dev.sartor.curate.step;

import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Looks at rows in parallel and takes what was found in their order, a block at a time, so that memory holds one block.
final class Blocks {
    private static final int ROWS = 4096;

    private Blocks() {}

    /// @param from the first row
    /// @param look at one row; runs on several threads
    /// @param take what was found; runs on the caller's thread, in the order of the rows
    static <R> void inOrder(
            String what,
            int from,
            StepRows rows,
            IntFunction<R> look,
            BiConsumer<Integer, R> take,
            StepWork work) {
        try (Progress.Step progress = work.progress().begin(what, rows.size() - from, "rows")) {
            for (int start = from; start < rows.size(); start += ROWS) {
                work.checkpoint();
                int first = start;
                int count = Math.min(ROWS, rows.size() - start);
                List<R> found =
                        new ArrayList<>(
                                IntStream.range(0, count)
                                        .parallel()
                                        .mapToObj(i -> look.apply(first + i))
                                        .toList());
                for (int i = 0; i < count; i++) {
                    take.accept(first + i, found.get(i));
                }
                progress.advance(count);
            }
        }
    }
}
