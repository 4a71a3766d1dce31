package dev.sartor.curate.row;

import dev.sartor.core.Embedder;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Embeds texts by number, some at a time: progress is told, and a wish to stop is seen between them.
public final class Embedding {
    private static final int BATCH = 256;

    private Embedding() {}

    /// @param texts by number, from 0
    /// @return a vector of unit length for each text, in their order
    /// @throws CancellationException where the user asked to stop
    public static List<float[]> of(
            int count,
            IntFunction<String> texts,
            Embedder embedder,
            Progress progress,
            Cancellation cancellation) {
        var vectors = new ArrayList<float[]>(count);
        try (var step = progress.begin("embedding", count, "texts")) {
            for (int from = 0; from < count; from += BATCH) {
                if (cancellation.isAsked()) {
                    throw new CancellationException();
                }
                int to = Math.min(from + BATCH, count);
                vectors.addAll(embedder.embed(IntStream.range(from, to).mapToObj(texts).toList()));
                step.advance(to - from);
            }
        }
        return vectors;
    }
}
