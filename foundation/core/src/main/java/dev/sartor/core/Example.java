package dev.sartor.core;

import java.util.List;

/// One input with its reference answers.
///
/// @param id unique within its file
/// @param input the conversation up to the answer; ends with the user's turn
/// @param references the right answers, the preferred one first; never empty, none of them blank
public record Example(
        String id, List<Message> input, List<String> references, Readers readers, Origin origin) {
    public Example {
        input = List.copyOf(input);
        references = List.copyOf(references);
        if (input.isEmpty() || references.isEmpty()) {
            throw new IllegalArgumentException(
                    "an example needs an input and a reference: " + origin);
        }
    }

    /// The last user turn.
    public String text() {
        return input.getLast().content();
    }

    /// The preferred right answer.
    public String reference() {
        return references.getFirst();
    }
}
