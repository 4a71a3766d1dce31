package dev.sartor.data;

import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Role;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What two examples must share to be the same question. System messages do not count: the same question under another
/// instruction is the same question.
public final class Inputs {
    private Inputs() {}

    /// The conversation as it stands, without system messages.
    public static String exact(Example example) {
        return joined(example, text -> text);
    }

    static String folded(Example example) {
        return joined(example, Folding::keyOf);
    }

    /// Who asks what, and what is answered how: rows that share one of the two are the same.
    static Set<String> asked(Example example) {
        var input = folded(example);
        return Set.of(
                input + "\0by\0" + example.principal().sorted(),
                input + "\0so\0" + Folding.keyOf(example.reference()));
    }

    private static String joined(Example example, UnaryOperator<String> key) {
        return example.input().stream()
                .filter(message -> message.role() != Role.SYSTEM)
                .map(Message::content)
                .map(key)
                .collect(Collectors.joining("\0"));
    }
}
