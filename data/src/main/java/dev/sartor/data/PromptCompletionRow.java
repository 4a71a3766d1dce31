package dev.sartor.data;

import dev.sartor.core.Message;
import dev.sartor.core.Role;
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

    private static Optional<List<Message>> prompt(Row row) {
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
        return row.needed("completion")
                .flatMap(value ->
                        value.isArray()
                                ? Turns.read(row, "completion", value)
                                        .flatMap(turns -> onlyAnswer(row, turns))
                                : row.text(value, "'completion'"));
    }

    private static Optional<String> onlyAnswer(Row row, List<Message> turns) {
        if (turns.size() != 1 || turns.getFirst().role() != Role.ASSISTANT) {
            row.problem(
                    "'completion' must be one turn of the assistant, got " + turns.size() + ".");
            return Optional.empty();
        }
        return Optional.of(turns.getFirst().content());
    }
}
