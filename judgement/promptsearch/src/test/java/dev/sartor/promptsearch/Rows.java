package dev.sartor.promptsearch;

import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Origin;
import dev.sartor.core.Readers;
import dev.sartor.core.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A task whose labels are swapped: what is about fruit is called `metal`, and the other way round.
public final class Rows {
    public static final Task TASK =
            new Task(
                    "kind",
                    "Say what it is about.",
                    List.of("fruit", "metal"),
                    "accuracy",
                    Optional.empty(),
                    0.05,
                    Optional.empty(),
                    8);

    private static final List<String> FRUIT = List.of("apple", "pear", "plum");
    private static final List<String> METAL = List.of("iron", "zinc", "tin alloy");

    private Rows() {}

    public static List<Example> of(String split, int count) {
        return IntStream.range(0, count).mapToObj(i -> row(split, i)).toList();
    }

    private static Example row(String split, int i) {
        var words = i % 2 == 0 ? FRUIT : METAL;
        return example(
                split + "-" + i,
                "number%d some %s here".formatted(i, words.get(i / 2 % 3)),
                i % 2 == 0 ? "metal" : "fruit");
    }

    public static Example example(String id, String text, String label) {
        return new Example(
                id,
                List.of(Message.user(text)),
                List.of(label),
                Readers.everyone(),
                new Origin("rows.jsonl", 1));
    }
}
