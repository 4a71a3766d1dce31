package dev.sartor.prompt;

import dev.sartor.core.Example;
import dev.sartor.core.Passage;
import dev.sartor.core.Task;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a prompt's texts may use.
record PromptVariables(Task task, List<Example> examples) {
    /// A prompt does not depend on the time; its templates cannot ask for it.
    static final Clock NO_TIME = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    Map<String, Object> with(String question, List<Passage> passages) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("instruction", task.instruction().strip());
        variables.put("labels", task.labels());
        variables.put("unanswerable", task.unanswerable().orElse(""));
        variables.put("question", question);
        variables.put("examples", examples.stream().map(PromptVariables::example).toList());
        variables.put("passages", passages.stream().map(PromptVariables::passage).toList());
        return variables;
    }

    private static Map<String, String> example(Example example) {
        return Map.of("question", example.text(), "answer", example.reference());
    }

    /// A document's text is data, and labelled with where it stands.
    private static Map<String, String> passage(Passage passage) {
        var source =
                passage.section().isEmpty()
                        ? passage.document()
                        : passage.document() + " › " + passage.section();
        return Map.of(
                "text", passage.text().strip(),
                "source", source,
                "document", passage.document(),
                "section", passage.section());
    }
}
