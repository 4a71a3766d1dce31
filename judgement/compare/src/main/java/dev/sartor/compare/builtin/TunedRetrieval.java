package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.TaskSettings;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// An adapter, and passages before the question. The adapter learns from prompts with passages, or is the one of {@link Tuning}.
public final class TunedRetrieval implements OnPassages {
    @Override
    public String wireName() {
        return "tune+retrieval";
    }

    @Override
    public String candidate() {
        return "tuned+retrieval";
    }

    @Override
    public boolean usesTraining() {
        return true;
    }

    @Override
    public boolean isTuned() {
        return true;
    }

    /// The epoch, whatever else.
    @Override
    public boolean chooses(TaskSettings task) {
        return true;
    }

    @Override
    public boolean trainsOnPassages(TaskSettings task) {
        return task.tuneRetrieval().ownTraining();
    }

    @Override
    public Optional<ApproachName> adapterOf(TaskSettings task) {
        return trainsOnPassages(task)
                ? Optional.empty()
                : Optional.of(ApproachName.of(Tuning.NAME));
    }

    @Override
    public SequencedMap<String, Object> settings(TaskSettings task) {
        var made = new LinkedHashMap<String, Object>();
        made.put("tune", task.tune().byContent());
        made.put("retrieval", task.retrieval());
        made.put("own_training", task.tuneRetrieval().ownTraining());
        return made;
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        return workbench.searching(planned, planned.settings().retrieval(), model, choice);
    }
}
