package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.project.setting.TuningSettings;
import dev.sartor.prompt.ExampleSelection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// The embedder, fine-tuned into a classifier of the task's labels.
public final class Encoder implements OnTrainedEmbedder {
    @Override
    public String wireName() {
        return "encoder";
    }

    @Override
    public TuningSettings tuning(TaskSettings task) {
        return task.encoder().tuning(task.tune());
    }

    /// The epoch.
    @Override
    public boolean chooses(TaskSettings task) {
        return true;
    }

    @Override
    public SequencedMap<String, Object> settings(TaskSettings task) {
        return new LinkedHashMap<>(Map.of("tune", tuning(task).byContent()));
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        return Workbench.prompted(planned, ExampleSelection.none(), model);
    }
}
