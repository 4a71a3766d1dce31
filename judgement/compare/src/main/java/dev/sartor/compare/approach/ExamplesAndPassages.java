package dev.sartor.compare.approach;

import dev.sartor.core.Example;
import dev.sartor.core.Passage;
import dev.sartor.core.Question;
import dev.sartor.prompt.ExampleSelection;
import dev.sartor.prompt.PassageOrder;
import dev.sartor.retrieve.ground.Grounding;
import java.util.List;

/// Puts solved examples before a question, chosen for it, and passages at the question itself.
record ExamplesAndPassages(Planned planned, ExampleSelection examples, PassageOrder order)
        implements Grounding {
    @Override
    public Question ground(Question question, List<Passage> passages) {
        return planned.ask(question, shown(question), passages, order);
    }

    /// Which examples stand there may depend on what is asked: they open no other's prompt.
    private List<Example> shown(Question question) {
        return question.text().isEmpty()
                ? examples.shared()
                : examples.select(List.of(question)).getFirst();
    }
}
