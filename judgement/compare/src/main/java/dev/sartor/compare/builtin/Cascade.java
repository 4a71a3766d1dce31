package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Approach;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.project.setting.TaskSettings;

/// Two of a task's other candidates: a cheap one answers where its confidence is high enough, a dearer one the rest. Validation
/// chooses the two and the confidence, once all others have answered it.
public final class Cascade implements Approach {
    @Override
    public String wireName() {
        return "cascade";
    }

    /// Where there are labels, whose probabilities can be calibrated.
    @Override
    public boolean suits(TaskSettings task) {
        return task.isClassification();
    }

    @Override
    public boolean usesModel() {
        return false;
    }

    /// Validation chooses, where there is one; without it there is no cascade.
    @Override
    public boolean chooses(TaskSettings task) {
        return false;
    }

    @Override
    public boolean combines() {
        return true;
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        throw SartorException.defect("a cascade is opened from the runs that it is made of");
    }
}
