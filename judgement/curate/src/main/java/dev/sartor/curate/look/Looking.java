package dev.sartor.curate.look;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.duplicate.ExactDuplicates;
import dev.sartor.curate.row.RowColumns;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.row.StoreWriter;
import dev.sartor.data.Folding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/// Looks at rows. What takes a model is done on a sample, so that the answer is there in seconds.
public final class Looking {
    private static final int MOST_EMBEDDED = 1500;
    private static final int MOST_LABELS = 1000;
    private static final int MOST_SHOWN = 20;
    private static final int LONGEST_EMBEDDED = 2000;

    private final RowColumns columns;
    private final Supplier<Embedder> embedder;
    private final long seed;
    private final Progress progress;
    private final Cancellation cancellation;

    /// @param textField the field of the text; empty for the usual ones
    /// @param labelField the field of the label; likewise
    /// @param embedder opened for the map and unusual rows; the caller closes it
    /// @param seed of the sample
    public Looking(
            Optional<String> textField,
            Optional<String> labelField,
            Supplier<Embedder> embedder,
            long seed,
            Progress progress,
            Cancellation cancellation) {
        this.columns = new RowColumns(textField, labelField);
        this.embedder = embedder;
        this.seed = seed;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /// @param files with rows, or folders
    /// @param work a folder for the rows while they are looked at; the caller removes it
    public Look at(List<Path> files, Path work) {
        var inputs = RowInputs.of(files);
        var writer = new StoreWriter(work, progress, cancellation);
        var none = new RowInputs(List.of(), List.of());
        try (var store = writer.store(none, inputs, columns)) {
            var notes = new ArrayList<String>();
            notes.addAll(inputs.notes());
            notes.addAll(writer.notes());
            notes.addAll(unreadable(store, writer.unreadable()));
            return look(store, notes);
        }
    }

    private static List<String> unreadable(RowStore store, Path file) {
        int count = store.inputs().stream().mapToInt(each -> each.unreadable()).sum();
        if (count == 0) {
            return List.of();
        }
        try (var lines = Files.lines(file)) {
            var first = lines.findFirst().orElse("");
            return List.of(count + " rows cannot be read; the first: " + first);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private Look look(RowStore store, List<String> notes) {
        int rows = store.size();
        var fields = new FieldShapes();
        var characters = new double[rows];
        var words = new double[rows];
        var labels = new LinkedHashMap<String, Long>();
        var byText = new HashMap<String, Set<String>>();
        try (var step = progress.begin("looking", rows, "rows")) {
            for (int row = 0; row < rows; row++) {
                var fieldsOfRow = store.fields(row);
                fields.add(fieldsOfRow);
                var text = columns.text(fieldsOfRow);
                characters[row] = text.codePointCount(0, text.length());
                words[row] = words(text);
                label(fieldsOfRow).ifPresent(label -> count(labels, label));
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
        var duplicates = ExactDuplicates.find(rows, store::text, true, progress);
        var contradictions =
                labels.isEmpty() ? List.<Look.Contradiction>of() : contradictions(store, byText);
        var sample = sample(rows);
        var vectors = embed(store, sample);
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

    private Optional<String> label(ObjectNode row) {
        return columns.label(row);
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

    /// Texts that are the same but for case, space and punctuation, and have different labels.
    private List<Look.Contradiction> contradictions(
            RowStore store, Map<String, Set<String>> byText) {
        var places = new HashMap<String, List<String>>();
        for (int row = 0; row < store.size(); row++) {
            var fields = store.fields(row);
            var key = Folding.keyOf(columns.text(fields));
            int at = row;
            label(fields)
                    .ifPresent(label -> {
                        byText.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(label);
                        places.computeIfAbsent(key, _ -> new ArrayList<>()).add(String.valueOf(at));
                    });
        }
        var found = new ArrayList<Look.Contradiction>();
        byText.forEach((key, labels) -> {
            if (labels.size() > 1 && found.size() < MOST_SHOWN) {
                var rows = places.getOrDefault(key, List.of());
                found.add(
                        new Look.Contradiction(
                                FieldShapes.cut(store.text(Integer.parseInt(rows.getFirst()))),
                                List.copyOf(labels),
                                rows.stream()
                                        .limit(5)
                                        .map(each ->
                                                store.origin(Integer.parseInt(each)).toString())
                                        .toList()));
            }
        });
        found.sort(Comparator.comparing(each -> each.places().getFirst()));
        return found;
    }

    private int[] sample(int rows) {
        if (rows <= MOST_EMBEDDED) {
            return IntStream.range(0, rows).toArray();
        }
        return new Random(seed).ints(0, rows).distinct().limit(MOST_EMBEDDED).sorted().toArray();
    }

    private List<float[]> embed(RowStore store, int[] sample) {
        if (sample.length == 0) {
            return List.of();
        }
        var vectors = new ArrayList<float[]>();
        int batch = 250;
        try (var step = progress.begin("embedding", sample.length, "texts")) {
            for (int from = 0; from < sample.length; from += batch) {
                if (cancellation.isAsked()) {
                    throw new java.util.concurrent.CancellationException();
                }
                int to = Math.min(from + batch, sample.length);
                vectors.addAll(
                        embedder.get()
                                .embed(
                                        Arrays.stream(sample, from, to)
                                                .mapToObj(row -> head(store.text(row)))
                                                .toList()));
                step.advance(to - from);
            }
        }
        return vectors;
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
