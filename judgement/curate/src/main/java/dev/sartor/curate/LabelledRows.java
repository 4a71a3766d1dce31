package dev.sartor.curate;

import dev.sartor.core.Embedder;
import dev.sartor.curate.label.LabelledVectors;
import dev.sartor.curate.row.Embedding;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.select.LabelPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// Stored rows as vectors with numbered labels.
///
/// @param names of the labels, in alphabetical order
/// @param numbers of each row's label; {@link LabelPool#NONE} where it has none
record LabelledRows(List<float[]> vectors, int[] numbers, List<String> names) {
    static LabelledRows of(RowStore store, Embedder embedder, RowSource source) {
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
        var vectors =
                Embedding.of(
                        store.size(),
                        store::text,
                        embedder,
                        source.progress(),
                        source.cancellation());
        return new LabelledRows(vectors, numbers, names);
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
