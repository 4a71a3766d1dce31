package dev.sartor.data;

import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Role;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What two examples must share to be the same question. System messages do not count: the same question under another
/// instruction is the same question.
final class Inputs {
    private Inputs() {}

    static String exact(Example example) {
        return joined(example, text -> text);
    }

    static String folded(Example example) {
        return joined(example, Folding::keyOf);
    }

    private static String joined(Example example, UnaryOperator<String> key) {
        return example.input().stream()
                .filter(message -> message.role() != Role.SYSTEM)
                .map(Message::content)
                .map(key)
                .collect(Collectors.joining("\0"));
    }
}
