package dev.sartor.data;

import dev.sartor.core.Message;
import dev.sartor.data.row.Quoted;
import dev.sartor.data.row.Row;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A question with its right answers: a list of `{"text"}` in SQuAD's own JSON, `{"text": […]}` in the flat rows that data
/// hubs make of it. No answer at all, or `is_impossible`, means that the documents hold none.
record SquadRow(ReadRules rules) implements RowFormat {
    @Override
    public List<String> needs() {
        return List.of("question", "answers");
    }

    @Override
    public Optional<Reading> read(Row row) {
        var question = row.neededText("question");
        var answers = row.needed("answers").flatMap(value -> answers(row, value));
        boolean impossible =
                row.value("is_impossible").filter(value -> value.asBoolean(false)).isPresent();
        if (impossible && answers.filter(texts -> !texts.isEmpty()).isPresent()) {
            row.problem("'is_impossible' is true, yet 'answers' holds answers.");
        }
        return question.flatMap(input ->
                answers.flatMap(texts -> references(row, texts))
                        .map(texts -> new Reading(List.of(Message.user(input)), texts)));
    }

    private Optional<List<String>> references(Row row, List<String> answers) {
        if (!answers.isEmpty()) {
            return Optional.of(answers);
        }
        if (rules.unanswerable().isEmpty()) {
            row.problem(
                    "has no answer, and the task does not say what is right then: set the task's"
                            + " 'unanswerable', such as \"I don't know\", or remove the row.");
        }
        return rules.unanswerable().map(List::of);
    }

    /// The distinct answers in their order; several annotators often gave the same.
    private static Optional<List<String>> answers(Row row, JsonNode value) {
        var texts = value.isObject() ? value.path("text") : value;
        if (!texts.isArray()) {
            row.problem(
                    "'answers' must be {\"text\": […]} or a list of {\"text\"}, got "
                            + Quoted.of(value.toString())
                            + ".");
            return Optional.empty();
        }
        var found = new LinkedHashSet<String>();
        boolean allGood = true;
        for (int i = 0; i < texts.size(); i++) {
            var answer = texts.get(i).isObject() ? texts.get(i).path("text") : texts.get(i);
            var text = row.text(answer, "answers[" + i + "]");
            text.ifPresent(found::add);
            allGood &= text.isPresent();
        }
        return allGood ? Optional.of(List.copyOf(found)) : Optional.empty();
    }
}
