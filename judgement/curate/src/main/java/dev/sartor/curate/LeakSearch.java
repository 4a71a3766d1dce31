package dev.sartor.curate;

import dev.sartor.core.Embedder;
import dev.sartor.core.Problems;
import dev.sartor.curate.leak.Leak;
import dev.sartor.curate.leak.Leaks;
import dev.sartor.curate.leak.SemanticLeaks;
import dev.sartor.curate.row.Embedding;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.row.StoreWriter;
import dev.sartor.curate.similarity.MatchKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Looks for rows of one set that also stand in another, whatever the files are.
public final class LeakSearch {
    private static final int LONGEST_SHOWN = 160;

    private final RowSource source;
    private final double threshold;
    private final Optional<Double> cosine;
    private final Supplier<Embedder> embedder;

    /// @param threshold how alike near rows are at least, .6 to 1
    /// @param cosine from which cosine of their vectors on two rows are told as alike in meaning; empty where vectors are not asked for
    /// @param embedder opened where they are; the caller closes it
    public LeakSearch(
            RowSource source,
            double threshold,
            Optional<Double> cosine,
            Supplier<Embedder> embedder) {
        cosine.ifPresent(least ->
                Problems.refuseUnless(
                        least > 0 && least <= 1,
                        "--semantic",
                        "a cosine of more than 0 and at most 1",
                        least,
                        "0.9 is a beginning; it hangs on the embedder"));
        this.source = source;
        this.threshold = threshold;
        this.cosine = cosine;
        this.embedder = embedder;
    }

    /// What was found.
    ///
    /// @param rows how many were looked at
    /// @param leaking how many of them also stand in the other set, by the strongest kind of each
    /// @param against how many rows the other set has
    public record Found(
            int rows,
            int against,
            Map<String, Integer> leaking,
            List<Pair> pairs,
            List<String> notes) {
        public Found {
            leaking = Map.copyOf(leaking);
            pairs = List.copyOf(pairs);
            notes = List.copyOf(notes);
        }
    }

    /// A row and another that it is like.
    ///
    /// @param kind exact, folded, thirteen_gram, near or semantic
    public record Pair(Place test, Place other, String kind, double score) {}

    /// A row in its file.
    public record Place(String file, int line, String text) {}

    /// @param tests the rows that are looked for
    /// @param others where they must not stand
    public Found find(List<Path> tests, List<Path> others) {
        var testInputs = RowInputs.of(tests);
        var otherInputs = RowInputs.of(others);
        var writer = new StoreWriter(source.work(), source.progress(), source.cancellation());
        try (var store = writer.store(otherInputs, testInputs, source.columns())) {
            int against = store.references();
            int rows = store.size() - against;
            var leaks =
                    new Leaks(threshold)
                            .find(
                                    rows,
                                    row -> store.text(against + row),
                                    against,
                                    store::text,
                                    source.progress());
            if (cosine.isPresent()) {
                leaks = Leaks.strongest(leaks, semantic(store, cosine.get()));
            }
            var notes = new ArrayList<String>();
            notes.addAll(testInputs.notes());
            notes.addAll(otherInputs.notes());
            notes.addAll(writer.notes());
            return new Found(rows, against, leaking(leaks), pairs(store, leaks), notes);
        }
    }

    private List<Leak> semantic(RowStore store, double least) {
        var vectors =
                Embedding.of(
                        store.size(),
                        store::text,
                        embedder.get(),
                        source.progress(),
                        source.cancellation());
        int against = store.references();
        return new SemanticLeaks(least)
                .find(
                        vectors.subList(against, vectors.size()),
                        against,
                        vectors::get,
                        source.progress());
    }

    /// Leaks of one row come with the strongest first.
    private static Map<String, Integer> leaking(List<Leak> leaks) {
        var strongest = new TreeMap<Integer, MatchKind>();
        leaks.forEach(each ->
                strongest.merge(each.test(), each.kind(), (a, b) -> a.compareTo(b) <= 0 ? a : b));
        var counts = new EnumMap<MatchKind, Integer>(MatchKind.class);
        strongest.values().forEach(kind -> counts.merge(kind, 1, Integer::sum));
        var named = new TreeMap<String, Integer>();
        counts.forEach((kind, count) -> named.put(kind.name().toLowerCase(Locale.ROOT), count));
        return named;
    }

    private static List<Pair> pairs(RowStore store, List<Leak> leaks) {
        int against = store.references();
        return leaks.stream()
                .map(each ->
                        new Pair(
                                place(store, against + each.test()),
                                place(store, each.other()),
                                each.kind().name().toLowerCase(Locale.ROOT),
                                Math.round(each.score() * 1e4) / 1e4))
                .toList();
    }

    private static Place place(RowStore store, int row) {
        var text = store.text(row).strip();
        boolean isLong = text.length() > LONGEST_SHOWN;
        var origin = store.origin(row);
        return new Place(
                origin.file(),
                origin.line(),
                isLong
                        ? text.substring(0, LONGEST_SHOWN).replaceFirst("[\\uD800-\\uDBFF]$", "")
                                + "…"
                        : text);
    }
}
