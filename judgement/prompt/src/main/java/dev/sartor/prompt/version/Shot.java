package dev.sartor.prompt.version;

import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Origin;
import dev.sartor.core.Problems;
import dev.sartor.core.Readers;
import dev.sartor.core.Role;
import java.util.List;

/// A solved example that a prompt shows before every question.
///
/// @param input the conversation up to the answer; ends with the user's turn
public record Shot(List<Message> input, String answer) {
    private static final Origin ORIGIN = new Origin("prompts", 1);

    public Shot {
        input = List.copyOf(input);
        Problems.refuseUnless(
                !input.isEmpty() && input.getLast().role() == Role.USER,
                "an example's messages",
                "a conversation that ends with the user's turn",
                input,
                "take the answer out of them");
        Problems.refuseUnless(
                !answer.isBlank(), "an example's answer", "a text", "nothing", "write one");
    }

    public static Shot of(String question, String answer) {
        return new Shot(List.of(Message.user(question)), answer);
    }

    public static Shot of(Example example) {
        return new Shot(example.input(), example.reference());
    }

    /// As a row of data. Who may read it, the version says.
    Example example() {
        return new Example("shot", input, List.of(answer), Readers.everyone(), ORIGIN);
    }
}
