package dev.sartor.data;

import dev.sartor.core.Message;
import dev.sartor.core.Role;
import dev.sartor.data.row.Row;
import java.util.List;
import java.util.Optional;

/// A whole conversation. Only its last turn is a reference: earlier answers of the assistant are part of the input.
record MessagesRow() implements RowFormat {
    @Override
    public List<String> needs() {
        return List.of("messages");
    }

    @Override
    public Optional<Reading> read(Row row) {
        return row.needed("messages")
                .flatMap(value -> Turns.read(row, "messages", value))
                .flatMap(messages -> split(row, messages));
    }

    private static Optional<Reading> split(Row row, List<Message> messages) {
        if (messages.getLast().role() != Role.ASSISTANT) {
            row.problem(
                    "'messages' must end with the assistant's turn, ends with "
                            + messages.getLast().role().wireName()
                            + ": there is nothing to learn or compare with.");
            return Optional.empty();
        }
        return endingWithUser(
                        row,
                        "'messages' before the answer",
                        messages.subList(0, messages.size() - 1))
                .map(input -> new Reading(input, List.of(messages.getLast().content())));
    }

    static Optional<List<Message>> endingWithUser(Row row, String what, List<Message> input) {
        if (input.isEmpty() || input.getLast().role() != Role.USER) {
            row.problem(what + " must end with the user's turn.");
            return Optional.empty();
        }
        return Optional.of(input);
    }
}
