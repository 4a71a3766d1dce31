package dev.sartor.core;

import java.util.List;
import java.util.Optional;

/// One input with its reference answers.
///
/// @param id unique within its file
/// @param input the conversation up to the answer; ends with the user's turn
/// @param references the right answers, the preferred one first; never empty, none of them blank
/// @param asker who would ask it, and is shown only what he may read; empty where nobody in particular would
/// @param group what it shares with other examples, such as a customer, a document or a day; empty where it is on its own
public record Example(
        String id,
        List<Message> input,
        List<String> references,
        Readers readers,
        Origin origin,
        Optional<String> group,
        Optional<Principal> asker) {
    public Example {
        input = List.copyOf(input);
        references = List.copyOf(references);
        if (input.isEmpty() || references.isEmpty()) {
            throw new IllegalArgumentException(
                    "an example needs an input and a reference: " + origin);
        }
    }

    /// An example on its own.
    public Example(
            String id,
            List<Message> input,
            List<String> references,
            Readers readers,
            Origin origin) {
        this(id, input, references, readers, origin, Optional.empty(), Optional.empty());
    }

    /// As whom it is asked.
    public Principal principal() {
        return asker.orElse(Principal.local());
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
