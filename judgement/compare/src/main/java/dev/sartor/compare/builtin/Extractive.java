package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.TaskSettings;

/// The sentence of the documents that is the nearest to the question, quoted: what a language model adds is measured against it.
public final class Extractive implements OnPassages {
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
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        return workbench.quoting(planned, planned.settings().retrieval(), choice);
    }
}
