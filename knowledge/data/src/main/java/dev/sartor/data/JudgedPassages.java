package dev.sartor.data;

import dev.sartor.data.row.Quoted;
import dev.sartor.data.row.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A question, passages that answer it, and passages that do not.
///
/// @param relevant together with the others at least one
public record JudgedPassages(String question, List<String> relevant, List<String> irrelevant) {
    private static final String QUESTION = "question";
    private static final String RELEVANT = "relevant";

    public JudgedPassages {
        relevant = List.copyOf(relevant);
        irrelevant = List.copyOf(irrelevant);
        if (relevant.isEmpty() && irrelevant.isEmpty()) {
            throw new IllegalArgumentException("no passage is judged for " + question);
        }
    }

    /// One entry for each question, in the order in which they first appear, each passage once.
    public static List<JudgedPassages> joined(List<JudgedPassages> rows) {
        var byQuestion = new LinkedHashMap<String, List<JudgedPassages>>();
        rows.forEach(
                row -> byQuestion.computeIfAbsent(row.question(), _ -> new ArrayList<>()).add(row));
        return byQuestion.entrySet().stream()
                .map(entry ->
                        new JudgedPassages(
                                entry.getKey(),
                                entry.getValue().stream()
                                        .flatMap(row -> row.relevant().stream())
                                        .distinct()
                                        .toList(),
                                entry.getValue().stream()
                                        .flatMap(row -> row.irrelevant().stream())
                                        .distinct()
                                        .toList()))
                .toList();
    }

    /// Either form of a row: `question`, `passage` and `relevant`, or `anchor`, `positive` and perhaps `negative`.
    ///
    /// @param judged by question and passage, of the rows before; takes in this row's
    static Optional<JudgedPassages> read(Row row, Map<List<String>, Boolean> judged) {
        boolean isPair = row.value(QUESTION).isEmpty() && row.value("anchor").isPresent();
        var read =
                isPair
                        ? SimilarTexts.read(row)
                                .map(pair ->
                                        new JudgedPassages(
                                                pair.anchor(),
                                                List.of(pair.positive()),
                                                pair.negative().stream().toList()))
                        : judgement(row);
        read.ifPresent(given -> {
            given.relevant().forEach(passage -> agree(row, given, passage, true, judged));
            given.irrelevant().forEach(passage -> agree(row, given, passage, false, judged));
        });
        return read;
    }

    private static Optional<JudgedPassages> judgement(Row row) {
        var question = row.neededText(QUESTION);
        var passage = row.neededText("passage");
        var relevant = row.needed(RELEVANT).flatMap(value -> truth(row, value));
        return question.flatMap(asked ->
                passage.flatMap(text ->
                        relevant.map(is ->
                                new JudgedPassages(
                                        asked,
                                        is ? List.of(text) : List.of(),
                                        is ? List.of() : List.of(text)))));
    }

    private static Optional<Boolean> truth(Row row, JsonNode value) {
        return switch (value.isString() ? value.stringValue().strip() : value.toString()) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> {
                row.problem(
                        "'relevant' must be true or false, got "
                                + Quoted.of(value.toString())
                                + ".");
                yield Optional.empty();
            }
        };
    }

    private static void agree(
            Row row,
            JudgedPassages given,
            String passage,
            boolean relevant,
            Map<List<String>, Boolean> judged) {
        var before = judged.putIfAbsent(List.of(given.question(), passage), relevant);
        if (before != null && before != relevant) {
            row.problem(
                    "says of "
                            + Quoted.of(passage)
                            + (relevant ? " that it answers " : " that it does not answer ")
                            + Quoted.of(given.question())
                            + ", and the contrary is said before.");
        }
    }
}
