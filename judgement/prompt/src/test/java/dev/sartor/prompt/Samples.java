package dev.sartor.prompt;

import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Origin;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Sampling;
import dev.sartor.core.Task;
import java.util.List;
import java.util.Optional;

/// Tasks, examples and questions of a bicycle shop.
final class Samples {
    static final Task ROUTE =
            new Task(
                    "route",
                    "Say what the customer's message is about.",
                    List.of("battery", "repair", "plan"),
                    "accuracy",
                    Optional.empty(),
                    0.08,
                    Optional.empty(),
                    8);
    static final Task ANSWER =
            new Task(
                    "answer",
                    "Answer the question about the bicycles briefly.\n",
                    List.of(),
                    "token_f1",
                    Optional.empty(),
                    0.05,
                    Optional.of("I don't know"),
                    16);

    private Samples() {}

    static Example example(String id, String text, String answer) {
        return new Example(
                id,
                List.of(Message.user(text)),
                List.of(answer, "another " + answer),
                Readers.everyone(),
                new Origin("train.jsonl", 1));
    }

    static Question question(String text) {
        return question(List.of(Message.user(text)));
    }

    static Question question(List<Message> messages) {
        return new Question("q", messages, ROUTE.form(), Sampling.greedy(), Principal.local());
    }

    static Passage passage(String document, String section, String text) {
        return new Passage(document + "#1", document, section, text, 1, Readers.everyone());
    }
}
