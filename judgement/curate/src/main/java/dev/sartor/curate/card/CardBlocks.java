package dev.sartor.curate.card;

import dev.sartor.core.Split;
import dev.sartor.curate.card.CardQuestion.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Puts a card together: each section's tables, then its questions.
final class CardBlocks {
    /// More labels are counted alone.
    private static final int MOST_LABELS = 100;

    private final DataFacts facts;
    private final Map<CardQuestion, String> answers;
    private final List<Block> blocks = new ArrayList<>();

    CardBlocks(DataFacts facts, Map<CardQuestion, String> answers) {
        this.facts = facts;
        this.answers = answers;
    }

    List<Block> all() {
        blocks.add(new Block.Heading(1, facts.name()));
        blocks.add(
                new Block.Paragraph(
                        "A data card after Datasheets for Datasets (Gebru et al. 2021). Figures were counted by Sartor; the answers to questions"
                                + " are people's."));
        for (var section : Section.values()) {
            blocks.add(new Block.Heading(2, section.title()));
            if (section == Section.COMPOSITION) {
                composition();
            } else if (section == Section.PREPROCESSING) {
                cleaning();
            } else if (section == Section.DISTRIBUTION) {
                distribution();
            }
            section.questions().stream()
                    .filter(each -> each.isAskedOf(facts))
                    .forEach(each ->
                            blocks.add(
                                    new Block.Asked(
                                            each.question(),
                                            Optional.ofNullable(answers.get(each)))));
        }
        return List.copyOf(blocks);
    }

    private void composition() {
        table(
                "Splits",
                List.of(
                        "split",
                        "file",
                        "rows",
                        "shortest",
                        "median",
                        "95th percentile",
                        "longest",
                        "SHA-256"),
                facts.splits().entrySet().stream()
                        .map(each -> split(each.getKey(), each.getValue()))
                        .toList(),
                List.of(2, 3, 4, 5, 6));
        blocks.add(new Block.Paragraph("Lengths are those of texts, in characters."));
        table(
                "Fields",
                List.of("field", "type", "rows with a value"),
                facts.fields().stream()
                        .map(each -> List.of(each.name(), each.type(), count(each.filled())))
                        .toList(),
                List.of(2));
        labels();
        table("Languages", List.of("language", "rows"), counts(facts.languages()), List.of(1));
        table("Who may read", List.of("readers", "rows"), counts(facts.readers()), List.of(1));
    }

    private List<String> split(Split split, DataFacts.SplitFacts of) {
        var lengths = Optional.ofNullable(facts.lengths().get(split));
        return List.of(
                name(split),
                of.file(),
                count(of.rows()),
                lengths.map(each -> count(each.least())).orElse(""),
                lengths.map(each -> count(each.median())).orElse(""),
                lengths.map(each -> count(each.percentile95())).orElse(""),
                lengths.map(each -> count(each.most())).orElse(""),
                of.sha256());
    }

    private void labels() {
        if (!facts.hasLabels()) {
            return;
        }
        var splits = List.copyOf(facts.splits().keySet());
        var head = new ArrayList<>(List.of("label"));
        splits.forEach(each -> head.add(name(each)));
        var right = new ArrayList<Integer>();
        for (int i = 1; i <= splits.size(); i++) {
            right.add(i);
        }
        table(
                "Labels",
                head,
                facts.labels().entrySet().stream()
                        .limit(MOST_LABELS)
                        .map(each -> {
                            var row = new ArrayList<>(List.of(each.getKey()));
                            splits.forEach(split ->
                                    row.add(count(each.getValue().getOrDefault(split, 0L))));
                            return List.copyOf(row);
                        })
                        .toList(),
                right);
        int more = facts.labels().size() - MOST_LABELS;
        if (more > 0) {
            blocks.add(new Block.Paragraph(count(more) + " more labels are not shown."));
        }
    }

    private void cleaning() {
        if (facts.cleaning().isEmpty()) {
            blocks.add(new Block.Paragraph("No record of a cleaning step was given."));
            return;
        }
        table(
                "Cleaning, in this order",
                List.of("step", "settings", "rows removed", "rows changed"),
                facts.cleaning().stream()
                        .map(each ->
                                List.of(
                                        each.name(),
                                        each.settings().entrySet().stream()
                                                .map(setting ->
                                                        setting.getKey()
                                                                + " = "
                                                                + setting.getValue())
                                                .collect(Collectors.joining(", ")),
                                        count(each.removed()),
                                        count(each.changed())))
                        .toList(),
                List.of(2, 3));
    }

    private void distribution() {
        blocks.add(
                new Block.Paragraph(
                        facts.licence()
                                .map(each -> "The data is under the licence " + each + ".")
                                .orElse(
                                        "No licence was named: without one, nobody may pass the data on.")));
        table(
                "Licences of the sources",
                List.of("licence", "rows"),
                counts(facts.sourceLicences()),
                List.of(1));
    }

    private void table(
            String title, List<String> head, List<List<String>> rows, List<Integer> alignedRight) {
        if (!rows.isEmpty()) {
            blocks.add(new Block.Heading(3, title));
            blocks.add(new Block.Table(head, rows, alignedRight));
        }
    }

    private static List<List<String>> counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(each -> List.of(each.getKey(), count(each.getValue())))
                .toList();
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String name(Split split) {
        return split.name().toLowerCase(Locale.ROOT);
    }
}
