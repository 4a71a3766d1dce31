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

/// The sentence of the documents that is the nearest to the question, quoted: what a language model adds is measured against it.
public final class Extractive implements Approach {
    @Override
    public String wireName() {
        return "extractive";
    }

    @Override
    public boolean suits(TaskSettings task) {
        return !task.isClassification();
    }

    @Override
    public boolean usesModel() {
        return false;
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
        return workbench.quoting(planned, planned.settings().retrieval(), choice);
    }
}
