package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Approach;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.prompt.ExampleSelection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// An adapter trained on the task's examples: the task's own training, which `sartor tune` does alone.
public final class Tuning implements Approach {
    public static final String NAME = "tune";

    @Override
    public String wireName() {
        return NAME;
    }

    @Override
    public String candidate() {
        return "tuned";
    }

    @Override
    public boolean usesTraining() {
        return true;
    }

    @Override
    public boolean isTuned() {
        return true;
    }

    /// The epoch.
    @Override
    public boolean chooses(TaskSettings task) {
        return true;
    }

    @Override
    public SequencedMap<String, Object> settings(TaskSettings task) {
        return new LinkedHashMap<>(Map.of("tune", task.tune().byContent()));
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        return Workbench.prompted(planned, ExampleSelection.none(), model);
    }
}
