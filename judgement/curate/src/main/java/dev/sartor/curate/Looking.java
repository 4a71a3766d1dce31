package dev.sartor.curate;

import dev.sartor.core.Embedder;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.curate.duplicate.ExactDuplicates;
import dev.sartor.curate.look.FieldShapes;
import dev.sartor.curate.look.Look;
import dev.sartor.curate.look.PrincipalComponents;
import dev.sartor.curate.look.Spreads;
import dev.sartor.curate.row.Embedding;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.row.StoreWriter;
import dev.sartor.data.Folding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Looks at rows. What takes a model is done on a sample, so that the answer is there in seconds.
public final class Looking {
    private static final int MOST_EMBEDDED = 1500;
    private static final int MOST_LABELS = 1000;
    private static final int MOST_SHOWN = 20;
    private static final int MOST_PLACES = 5;
    private static final int LONGEST_EMBEDDED = 2000;

    private final RowSource source;
    private final Supplier<Embedder> embedder;
    private final long seed;

    /// @param seed of the sample
    /// @param embedder opened for the map and unusual rows; the caller closes it
    public Looking(RowSource source, long seed, Supplier<Embedder> embedder) {
        this.source = source;
        this.embedder = embedder;
        this.seed = seed;
    }

    /// @param files with rows, or folders
    public Look at(List<Path> files) {
        var inputs = RowInputs.of(files);
        var writer = new StoreWriter(source.work(), source.progress(), source.cancellation());
        try (var store = writer.store(inputs, source.columns())) {
            var notes = new ArrayList<String>();
            notes.addAll(inputs.notes());
            notes.addAll(writer.notes());
            return look(store, notes);
        }
    }

    private Look look(RowStore store, List<String> notes) {
        int rows = store.size();
        var fields = new FieldShapes();
        var characters = new double[rows];
        var words = new double[rows];
        var labels = new LinkedHashMap<String, Long>();
        try (var step = source.progress().begin("looking", rows, "rows")) {
            for (int row = 0; row < rows; row++) {
                var fieldsOfRow = store.fields(row);
                fields.add(fieldsOfRow);
                var text = source.columns().text(fieldsOfRow);
                characters[row] = text.codePointCount(0, text.length());
                words[row] = words(text);
                source.columns().label(fieldsOfRow).ifPresent(label -> count(labels, label));
                step.advance(1);
            }
        }
        if (labels.size() > MOST_LABELS) {
            notes.add("more than " + MOST_LABELS + " labels: no labels are shown.");
            labels.clear();
        }
        if (fields.passedOver() > 0) {
            notes.add(
                    fields.passedOver()
                            + " values stand in fields beyond the first 200, which are not shown.");
        }
        var duplicates = ExactDuplicates.find(rows, store::text, true, source.progress());
        var contradictions =
                labels.isEmpty() ? List.<Look.Contradiction>of() : contradictions(store);
        var sample = sample(rows);
        var vectors =
                Embedding.of(
                        sample.length,
                        i -> head(store.text(sample[i])),
                        embedder.get(),
                        source.progress(),
                        source.cancellation());
        return new Look(
                store.inputs().stream()
                        .map(each -> new Look.FileRows(each.file(), each.rows(), each.unreadable()))
                        .toList(),
                rows,
                sample.length,
                fields.fields(),
                Spreads.of(characters),
                Spreads.of(words),
                tokens(store, sample),
                labels.entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Long>comparingByValue()
                                        .reversed()
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .map(each -> new Look.LabelCount(each.getKey(), each.getValue()))
                        .toList(),
                duplicates.size(),
                contradictions,
                unusual(store, sample, vectors),
                map(store, sample, vectors),
                notes);
    }

    private static void count(Map<String, Long> labels, String label) {
        if (labels.containsKey(label) || labels.size() <= MOST_LABELS) {
            labels.merge(label, 1L, Long::sum);
        }
    }

    private static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean isSpace = Character.isWhitespace(text.charAt(i));
            words += !isSpace && !inside ? 1 : 0;
            inside = !isSpace;
        }
        return words;
    }

    /// Texts that are the same but for case, space and punctuation, and have different labels; the first of them.
    private static List<Look.Contradiction> contradictions(RowStore store) {
        var byText = new LinkedHashMap<String, List<Integer>>();
        for (int row = 0; row < store.size(); row++) {
            if (store.label(row).isPresent()) {
                byText.computeIfAbsent(Folding.keyOf(store.text(row)), _ -> new ArrayList<>())
                        .add(row);
            }
        }
        return byText.values().stream()
                .filter(rows -> rows.size() > 1)
                .map(rows ->
                        new Look.Contradiction(
                                FieldShapes.cut(store.text(rows.getFirst())),
                                rows.stream()
                                        .flatMap(row -> store.label(row).stream())
                                        .distinct()
                                        .toList(),
                                rows.stream()
                                        .limit(MOST_PLACES)
                                        .map(row -> store.origin(row).toString())
                                        .toList()))
                .filter(each -> each.labels().size() > 1)
                .limit(MOST_SHOWN)
                .toList();
    }

    private int[] sample(int rows) {
        if (rows <= MOST_EMBEDDED) {
            return IntStream.range(0, rows).toArray();
        }
        return new Random(seed).ints(0, rows).distinct().limit(MOST_EMBEDDED).sorted().toArray();
    }

    /// Embedders cut texts anyway; tokenizing a page to its end takes longer than embedding its beginning.
    private static String head(String text) {
        if (text.length() <= LONGEST_EMBEDDED) {
            return text;
        }
        boolean isSplit = Character.isHighSurrogate(text.charAt(LONGEST_EMBEDDED - 1));
        return text.substring(0, isSplit ? LONGEST_EMBEDDED - 1 : LONGEST_EMBEDDED);
    }

    private Look.Spread tokens(RowStore store, int[] sample) {
        return Spreads.of(
                Arrays.stream(sample)
                        .mapToDouble(row -> embedder.get().countTokens(store.text(row)))
                        .toArray());
    }

    private List<Look.Unusual> unusual(RowStore store, int[] sample, List<float[]> vectors) {
        var nearest =
                IntStream.range(0, sample.length)
                        .parallel()
                        .mapToDouble(i -> nearest(i, vectors))
                        .toArray();
        return IntStream.range(0, sample.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> nearest[i]))
                .limit(sample.length < 20 ? 0 : 10)
                .map(i ->
                        new Look.Unusual(
                                store.origin(sample[i]).toString(),
                                FieldShapes.cut(store.text(sample[i])),
                                Math.round(nearest[i] * 1000) / 1000.0))
                .toList();
    }

    private static double nearest(int of, List<float[]> vectors) {
        double best = -1;
        for (int i = 0; i < vectors.size(); i++) {
            if (i != of) {
                best = Math.max(best, VectorProducts.product(vectors.get(of), vectors.get(i)));
            }
        }
        return best;
    }

    private List<Look.Point> map(RowStore store, int[] sample, List<float[]> vectors) {
        var plane = PrincipalComponents.plane(vectors, new Random(seed));
        return IntStream.range(0, sample.length)
                .mapToObj(i ->
                        new Look.Point(
                                Math.round(plane[i][0] * 1e4) / 1e4,
                                Math.round(plane[i][1] * 1e4) / 1e4,
                                store.label(sample[i]).orElse(""),
                                FieldShapes.cut(store.text(sample[i]))))
                .toList();
    }
}
