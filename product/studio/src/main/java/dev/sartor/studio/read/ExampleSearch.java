package dev.sartor.studio.read;

import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A table's rows that a filter leaves, in its order. What was asked lately is kept: the next page of it costs nothing. Thread-safe.
public final class ExampleSearch {
    private static final int MOST_KEPT = 16;

    private final ExampleTable table;
    private final Map<ExampleFilter, List<Integer>> kept = StudioProjects.bounded(MOST_KEPT);

    ExampleSearch(ExampleTable table) {
        this.table = table;
    }

    public ExampleTable table() {
        return table;
    }

    /// The rows' places in the table.
    public List<Integer> rows(ExampleFilter filter) {
        synchronized (kept) {
            var known = Optional.ofNullable(kept.get(filter));
            if (known.isPresent()) {
                return known.get();
            }
        }
        var found = found(filter);
        synchronized (kept) {
            kept.put(filter, found);
        }
        return found;
    }

    private List<Integer> found(ExampleFilter filter) {
        var names = table.candidates();
        var columns = new HashMap<String, Integer>();
        for (int i = 0; i < names.size(); i++) {
            columns.put(names.get(i), i);
        }
        var text = filter.text().map(Text::new);
        return IntStream.range(0, table.rows())
                .filter(row ->
                        filter.label().filter(each -> !each.equals(table.reference(row))).isEmpty())
                .filter(row -> filter.cell().filter(each -> !holds(row, each, columns)).isEmpty())
                .filter(row -> filter.pair().filter(each -> !holds(row, each, columns)).isEmpty())
                .filter(row -> text.filter(each -> !holds(row, each)).isEmpty())
                .boxed()
                .sorted(order(filter, columns))
                .toList();
    }

    private Comparator<Integer> order(ExampleFilter filter, Map<String, Integer> columns) {
        return switch (filter.order()) {
            case FILE -> Comparator.naturalOrder();
            case HARDEST -> Comparator.comparingDouble(table::mean);
            case DISAGREEMENT ->
                    filter.pair()
                            .map(pair -> apart(pair, columns))
                            .orElseGet(() ->
                                    Comparator.comparingDouble(row -> -table.disagreement(row)));
        };
    }

    private Comparator<Integer> apart(ExampleFilter.Pair pair, Map<String, Integer> columns) {
        return Comparator.comparingDouble(row ->
                -Math.abs(score(row, pair.first(), columns) - score(row, pair.second(), columns)));
    }

    private double score(int row, String candidate, Map<String, Integer> columns) {
        return said(row, candidate, columns).map(ExampleTable.Said::score).orElse(0.0);
    }

    private Optional<ExampleTable.Said> said(
            int row, String candidate, Map<String, Integer> columns) {
        return Optional.ofNullable(columns.get(candidate))
                .flatMap(column -> table.said(row, column));
    }

    private boolean holds(int row, ExampleFilter.Cell cell, Map<String, Integer> columns) {
        return said(row, cell.candidate(), columns)
                .filter(each -> each.text().equals(cell.said()))
                .isPresent();
    }

    private boolean holds(int row, ExampleFilter.Pair pair, Map<String, Integer> columns) {
        var first = said(row, pair.first(), columns);
        var second = said(row, pair.second(), columns);
        if (first.isEmpty() || second.isEmpty()) {
            return false;
        }
        return switch (pair.outcome()) {
            case DIFFER -> !first.get().text().equals(second.get().text());
            case FIRST -> first.get().score() > second.get().score();
            case SECOND -> second.get().score() > first.get().score();
        };
    }

    private boolean holds(int row, Text text) {
        return text.isIn(table.question(row))
                || text.isInOnce(table.reference(row))
                || IntStream.range(0, table.candidates().size())
                        .anyMatch(column ->
                                table.said(row, column)
                                        .filter(said -> text.isInOnce(said.text()))
                                        .isPresent());
    }

    /// A text that is looked for, in any case. Equal answers are one string, so that each is looked through once.
    private static final class Text {
        private final String lower;
        private final IdentityHashMap<String, Boolean> seen = new IdentityHashMap<>();

        Text(String wanted) {
            this.lower = wanted.toLowerCase(Locale.ROOT);
        }

        boolean isInOnce(String text) {
            return seen.computeIfAbsent(text, this::isIn);
        }

        boolean isIn(String text) {
            return text.toLowerCase(Locale.ROOT).contains(lower);
        }
    }
}
