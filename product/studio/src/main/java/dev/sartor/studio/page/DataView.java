package dev.sartor.studio.page;

import dev.sartor.core.Example;
import dev.sartor.studio.read.TaskRows;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A task's rows of one split, and what is wrong with them.
///
/// @param problems bad rows and leaks; none where all is well
/// @param counts rows of each right answer, of a classification
record DataView(
        Form form,
        List<SplitLink> splits,
        String lengths,
        List<LabelCount> counts,
        Problems problems,
        List<Row> rows,
        ExamplesView.Paging paging) {
    private static final int PAGE = 50;
    private static final int MOST_LABELS = 200;

    record Form(
            String project,
            String task,
            String split,
            String text,
            List<ExamplesView.Choice> labels) {}

    record SplitLink(String name, int rows, Address address, boolean isShown) {}

    record LabelCount(String label, int rows, String share, Address address) {}

    /// @param more how many problems are not told
    record Problems(List<String> lines, long more, List<String> said) {}

    /// @param place the row's file and line
    record Row(
            String id,
            String text,
            String reference,
            String length,
            Optional<String> group,
            String place) {}

    /// What an address asks for.
    ///
    /// @param at the address without its page
    /// @param page counted from 1
    record Wanted(
            String split, Optional<String> text, Optional<String> label, Address at, int page) {
        static final List<String> SPLITS = List.of("train", "validation", "test");

        static Wanted of(Map<String, String> fields, Address task, int page) {
            var asked = fields.getOrDefault("split", "train");
            var split = SPLITS.contains(asked) ? asked : "train";
            var text = Optional.ofNullable(fields.get("q")).filter(each -> !each.isBlank());
            var label = Optional.ofNullable(fields.get("label")).filter(each -> !each.isEmpty());
            return new Wanted(
                    split,
                    text,
                    label,
                    task.with("split", split).with("q", text).with("label", label),
                    page);
        }
    }

    static DataView of(TaskRows rows, Wanted wanted, boolean isClassification) {
        var split = rows.split(wanted.split());
        var labels = isClassification ? TaskRows.labels(split) : Map.<String, Integer>of();
        var found = TaskRows.found(split, wanted.text(), wanted.label());
        int pages = Math.max(1, (found.size() + PAGE - 1) / PAGE);
        int shown = Math.clamp(wanted.page(), 1, pages);
        int from = (shown - 1) * PAGE;
        int to = Math.min(found.size(), from + PAGE);
        var at = wanted.at();
        return new DataView(
                form(wanted, labels),
                Wanted.SPLITS.stream()
                        .map(name ->
                                new SplitLink(
                                        name,
                                        rows.split(name).size(),
                                        at.with("split", name).with("q", "").with("label", ""),
                                        name.equals(wanted.split())))
                        .toList(),
                lengths(split),
                counts(labels, split.size(), at),
                new Problems(
                        rows.problems().stream().map(Shown::text).toList(),
                        Math.max(0, rows.problemCount() - rows.problems().size()),
                        rows.said().stream().map(Shown::text).toList()),
                found.subList(from, to).stream().map(DataView::row).toList(),
                new ExamplesView.Paging(
                        found.isEmpty() ? 0 : from + 1,
                        to,
                        found.size(),
                        split.size(),
                        shown > 1
                                ? Optional.of(at.with("page", String.valueOf(shown - 1)))
                                : Optional.empty(),
                        shown < pages
                                ? Optional.of(at.with("page", String.valueOf(shown + 1)))
                                : Optional.empty()));
    }

    private static Form form(Wanted wanted, Map<String, Integer> labels) {
        var fields = wanted.at().fields();
        return new Form(
                fields.getOrDefault("project", ""),
                fields.getOrDefault("task", ""),
                wanted.split(),
                wanted.text().orElse(""),
                labels.keySet().stream()
                        .limit(MOST_LABELS)
                        .map(each ->
                                new ExamplesView.Choice(
                                        each,
                                        Shown.text(each),
                                        wanted.label().filter(each::equals).isPresent()))
                        .toList());
    }

    private static List<LabelCount> counts(Map<String, Integer> labels, int all, Address at) {
        return labels.entrySet().stream()
                .limit(MOST_LABELS)
                .map(each ->
                        new LabelCount(
                                Shown.text(each.getKey()),
                                each.getValue(),
                                String.format(
                                        Locale.ROOT, "%.1f %%", 100.0 * each.getValue() / all),
                                at.with("q", "").with("label", each.getKey())))
                .toList();
    }

    private static String lengths(List<Example> rows) {
        if (rows.isEmpty()) {
            return "no rows";
        }
        var sorted = rows.stream().mapToInt(each -> each.text().length()).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "texts of %,d characters in the median, %,d in the longest tenth and more, %,d at most, %,d at least",
                sorted[sorted.length / 2],
                sorted[(int) Math.min(sorted.length - 1L, sorted.length * 9L / 10)],
                sorted[sorted.length - 1],
                Arrays.stream(sorted).findFirst().orElse(0));
    }

    private static Row row(Example each) {
        return new Row(
                Shown.text(each.id()),
                Shown.text(each.text()),
                Shown.text(String.join(" / ", each.references())),
                String.format(Locale.ROOT, "%,d", each.text().length()),
                each.group().map(Shown::text),
                Shown.text(each.origin().toString()));
    }
}
