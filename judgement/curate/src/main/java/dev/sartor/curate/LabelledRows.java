package dev.sartor.curate;

import dev.sartor.core.Embedder;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.label.LabelledVectors;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.select.LabelPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Stored rows as vectors with numbered labels.
///
/// @param names of the labels, in alphabetical order
/// @param numbers of each row's label; {@link LabelPool#NONE} where it has none
record LabelledRows(List<float[]> vectors, int[] numbers, List<String> names) {
    private static final int BATCH = 256;

    static LabelledRows of(RowStore store, Embedder embedder, Progress progress) {
        var labels = new ArrayList<String>();
        for (int row = 0; row < store.size(); row++) {
            labels.add(store.label(row).orElse(""));
        }
        var distinct = new TreeSet<>(labels);
        distinct.remove("");
        var names = List.copyOf(distinct);
        var numbers =
                labels.stream()
                        .mapToInt(label -> label.isEmpty() ? LabelPool.NONE : names.indexOf(label))
                        .toArray();
        return new LabelledRows(embed(store, embedder, progress), numbers, names);
    }

    private static List<float[]> embed(RowStore store, Embedder embedder, Progress progress) {
        var vectors = new ArrayList<float[]>();
        try (var step = progress.begin("embedding", store.size(), "texts")) {
            for (int from = 0; from < store.size(); from += BATCH) {
                int to = Math.min(from + BATCH, store.size());
                vectors.addAll(
                        embedder.embed(IntStream.range(from, to).mapToObj(store::text).toList()));
                step.advance(to - from);
            }
        }
        return vectors;
    }

    LabelPool pool() {
        return new LabelPool(vectors, numbers, names.size());
    }

    /// Some rows, each with a label.
    LabelledVectors only(int[] rows) {
        return new LabelledVectors(
                Arrays.stream(rows).mapToObj(vectors::get).toList(),
                Arrays.stream(rows).map(row -> numbers[row]).toArray(),
                names.size());
    }
}
