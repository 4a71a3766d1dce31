package dev.sartor.data;

import dev.sartor.core.Message;
import dev.sartor.core.Role;
import dev.sartor.data.row.Row;
import java.util.List;
import java.util.Optional;

/// A prompt and what should follow it, each a text or a list of messages.
record PromptCompletionRow() implements RowFormat {
    @Override
    public List<String> needs() {
        return List.of("prompt", "completion");
    }

    @Override
    public Optional<Reading> read(Row row) {
        var prompt = prompt(row);
        var completion = completion(row);
        return prompt.flatMap(
                input -> completion.map(reference -> new Reading(input, List.of(reference))));
    }

    static Optional<List<Message>> prompt(Row row) {
        return row.needed("prompt")
                .flatMap(value ->
                        value.isArray()
                                ? Turns.read(row, "prompt", value)
                                        .flatMap(turns ->
                                                MessagesRow.endingWithUser(row, "'prompt'", turns))
                                : row.text(value, "'prompt'")
                                        .map(text -> List.of(Message.user(text))));
    }

    private static Optional<String> completion(Row row) {
        return answer(row, "completion");
    }

    /// A text, or a list of one turn of the assistant.
    static Optional<String> answer(Row row, String field) {
        return row.needed(field)
                .flatMap(value ->
                        value.isArray()
                                ? Turns.read(row, field, value)
                                        .flatMap(turns -> onlyAnswer(row, field, turns))
                                : row.text(value, "'" + field + "'"));
    }

    private static Optional<String> onlyAnswer(Row row, String field, List<Message> turns) {
        if (turns.size() != 1 || turns.getFirst().role() != Role.ASSISTANT) {
            row.problem(
                    "'" + field + "' must be one turn of the assistant, got " + turns.size() + ".");
            return Optional.empty();
        }
        return Optional.of(turns.getFirst().content());
    }
}
