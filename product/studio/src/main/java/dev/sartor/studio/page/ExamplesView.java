package dev.sartor.studio.page;

import dev.sartor.studio.read.ExampleFilter;
import dev.sartor.studio.read.ExampleSearch;
import dev.sartor.studio.read.ExampleTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// A page of a task's examples, each with every candidate's answer.
///
/// @param csv the address of all of the filter's rows as a file
/// @param isCut whether texts are shown and searched by their beginnings alone
record ExamplesView(
        Form form,
        List<String> candidates,
        List<Row> rows,
        Paging paging,
        Address csv,
        boolean isCut) {
    /// Rows of a page.
    static final int PAGE = 50;

    /// @param cells one of each candidate
    record Row(String id, String question, String reference, Address address, List<Cell> cells) {}

    /// @param mark `right`, `partly`, `wrong` or `none`
    record Cell(String candidate, String text, String mark) {}

    /// @param from the first row's number, counted from 1; 0 where there is none
    record Paging(
            int from,
            int to,
            int found,
            int all,
            Optional<Address> before,
            Optional<Address> after) {
        String said() {
            return found == 0
                    ? String.format(Locale.ROOT, "None of %,d examples is like that.", all)
                    : String.format(
                            Locale.ROOT,
                            "%,d to %,d of %,d examples%s",
                            from,
                            to,
                            found,
                            found == all ? "" : String.format(Locale.ROOT, ", of %,d", all));
        }
    }

    /// What the form holds.
    record Form(
            String project,
            String task,
            List<Choice> labels,
            List<Choice> by,
            String said,
            PairForm pair,
            String text,
            List<Choice> orders) {
        /// Whether it filters by a candidate.
        boolean isNarrow() {
            return !said.isEmpty()
                    || pair.first().stream().anyMatch(Choice::isChosen)
                    || pair.second().stream().anyMatch(Choice::isChosen);
        }
    }

    record PairForm(List<Choice> first, List<Choice> second, List<Choice> outcomes) {}

    record Choice(String value, String shown, boolean isChosen) {}

    /// @param at the address of this view, without its page
    /// @param page counted from 1
    static ExamplesView of(
            ExampleSearch search, ExampleFilter filter, List<String> labels, Address at, int page) {
        var table = search.table();
        var found = search.rows(filter);
        int pages = Math.max(1, (found.size() + PAGE - 1) / PAGE);
        int shown = Math.clamp(page, 1, pages);
        int from = (shown - 1) * PAGE;
        int to = Math.min(found.size(), from + PAGE);
        return new ExamplesView(
                form(table, filter, labels, at),
                table.candidates().stream().map(Shown::text).toList(),
                found.subList(from, to).stream().map(row -> row(table, row, at, shown)).toList(),
                new Paging(
                        found.isEmpty() ? 0 : from + 1,
                        to,
                        found.size(),
                        table.rows(),
                        shown > 1
                                ? Optional.of(at.with("page", String.valueOf(shown - 1)))
                                : Optional.empty(),
                        shown < pages
                                ? Optional.of(at.with("page", String.valueOf(shown + 1)))
                                : Optional.empty()),
                at.at("/examples.csv"),
                table.isCut());
    }

    private static Row row(ExampleTable table, int row, Address at, int page) {
        return new Row(
                Shown.text(table.id(row)),
                Shown.text(table.question(row)),
                Shown.text(table.reference(row)),
                at.at("/example").with("page", String.valueOf(page)).with("id", table.id(row)),
                IntStream.range(0, table.candidates().size())
                        .mapToObj(column -> cell(table, row, column))
                        .toList());
    }

    private static Cell cell(ExampleTable table, int row, int column) {
        var candidate = Shown.text(table.candidates().get(column));
        return table.said(row, column)
                .map(said ->
                        new Cell(candidate, Shown.answer(said.text()), Shown.mark(said.score())))
                .orElseGet(() -> new Cell(candidate, "(not asked)", "none"));
    }

    private static Form form(
            ExampleTable table, ExampleFilter filter, List<String> labels, Address at) {
        var names = table.candidates();
        var pair = filter.pair();
        return new Form(
                at.fields().getOrDefault("project", ""),
                at.fields().getOrDefault("task", ""),
                choices(labels, filter.label()),
                choices(names, filter.cell().map(ExampleFilter.Cell::candidate)),
                filter.cell().map(ExampleFilter.Cell::said).orElse(""),
                new PairForm(
                        choices(names, pair.map(ExampleFilter.Pair::first)),
                        choices(names, pair.map(ExampleFilter.Pair::second)),
                        outcomes(pair)),
                filter.text().orElse(""),
                orders(filter.order()));
    }

    private static List<Choice> choices(List<String> values, Optional<String> chosen) {
        return values.stream()
                .map(each ->
                        new Choice(each, Shown.text(each), chosen.filter(each::equals).isPresent()))
                .toList();
    }

    private static List<Choice> outcomes(Optional<ExampleFilter.Pair> pair) {
        var choices = new ArrayList<Choice>();
        for (var each : ExampleFilter.Outcome.values()) {
            var words =
                    switch (each) {
                        case DIFFER -> "answers differ";
                        case FIRST -> "the first is better";
                        case SECOND -> "the second is better";
                    };
            choices.add(
                    new Choice(
                            each.word(),
                            words,
                            pair.filter(now -> now.outcome() == each).isPresent()));
        }
        return choices;
    }

    private static List<Choice> orders(ExampleFilter.Order chosen) {
        var choices = new ArrayList<Choice>();
        for (var each : ExampleFilter.Order.values()) {
            var words =
                    switch (each) {
                        case DISAGREEMENT -> "most disagreement first";
                        case HARDEST -> "fewest right first";
                        case FILE -> "as in the file";
                    };
            choices.add(new Choice(each.word(), words, each == chosen));
        }
        return choices;
    }
}
