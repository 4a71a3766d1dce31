package dev.sartor.prompt;

import dev.sartor.core.Example;
import dev.sartor.core.Question;
import java.util.List;

/// Which solved examples stand before a question. Safe for concurrent callers.
@FunctionalInterface
public interface ExampleSelection {
    /// For each question its examples, in the order in which they are shown.
    List<List<Example>> select(List<Question> questions);

    /// Zero-shot.
    static ExampleSelection none() {
        return questions -> questions.stream().map(_ -> List.<Example>of()).toList();
    }

    /// Those that stand before every question, whoever asks; none where it depends on the question.
    default List<Example> shared() {
        return List.of();
    }

    /// The same before every question, but for the one that is the question itself, whose answer it would give away.
    static ExampleSelection always(List<Example> examples) {
        return new FixedExamples(List.copyOf(examples));
    }
}
