package dev.sartor.prompt;

import dev.sartor.core.Example;
import dev.sartor.core.Question;
import java.util.List;

/// Chooses as {@link ExampleSelection#always} says.
record FixedExamples(List<Example> shared) implements ExampleSelection {
    @Override
    public List<List<Example>> select(List<Question> questions) {
        return questions.stream().map(this::before).toList();
    }

    private List<Example> before(Question question) {
        return shared.stream().filter(each -> !each.input().equals(question.messages())).toList();
    }
}
