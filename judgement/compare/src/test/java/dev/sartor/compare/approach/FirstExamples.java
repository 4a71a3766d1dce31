package dev.sartor.compare.approach;

import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.TaskSettings;
import java.util.List;

/// An approach that the product does not have: the first of the training examples before each question. This file and one
/// line beside it are all of it.
public final class FirstExamples implements Approach {
    @Override
    public String wireName() {
        return "first-examples";
    }

    @Override
    public boolean usesTraining() {
        return true;
    }

    @Override
    public boolean showsTraining() {
        return true;
    }

    @Override
    public List<Integer> choices(TaskSettings task) {
        return task.fewShot().counts();
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        var train = planned.data().train();
        var first = train.subList(0, Math.min(choice.count(), train.size()));
        return Workbench.prompted(
                planned, questions -> questions.stream().map(_ -> first).toList(), model);
    }
}
