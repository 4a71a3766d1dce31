package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Approach;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.PassageSettings;
import dev.sartor.project.setting.TaskSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Passages from the documents before the question.
public final class Retrieval implements Approach {
    @Override
    public String wireName() {
        return "retrieval";
    }

    @Override
    public boolean usesDocuments() {
        return true;
    }

    @Override
    public List<Integer> choices(TaskSettings task) {
        return task.retrieval().passages();
    }

    @Override
    public Optional<PassageSettings> search(TaskSettings task) {
        return Optional.of(task.retrieval());
    }

    @Override
    public Map<String, Object> settings(TaskSettings task) {
        return Map.of("retrieval", task.retrieval());
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        return workbench.searching(planned, planned.settings().retrieval(), model, choice);
    }
}
