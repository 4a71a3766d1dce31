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

    /// The same before every question, but for the one that is the question itself, whose answer it would give away.
    static ExampleSelection always(List<Example> examples) {
        var shown = List.copyOf(examples);
        return questions ->
                questions.stream()
                        .map(question ->
                                shown.stream()
                                        .filter(each -> !each.input().equals(question.messages()))
                                        .toList())
                        .toList();
    }
}
