package dev.sartor.compare.approach;

import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.PassageSettings;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.project.setting.TuningSettings;
import java.util.List;

/// A way to fit a model to a task, with its settings.
public sealed interface Approach {
    /// The task's instruction before the question.
    ///
    /// @param counts how many solved examples to try; none at all is zero-shot
    record Prompting(List<Integer> counts) implements Approach {
        public Prompting {
            counts = List.copyOf(counts);
        }
    }

    /// Passages from the documents before the question.
    record Retrieval(PassageSettings settings) implements Approach {}

    /// An adapter trained on the task's examples.
    record Tuning(TuningSettings settings) implements Approach {}

    /// An adapter, and passages before the question.
    ///
    /// @param ownTraining whether the adapter learns from prompts with passages, or is the one of {@link Tuning}
    record Combined(TuningSettings tuning, PassageSettings retrieval, boolean ownTraining)
            implements Approach {}

    /// All documents before the question, nothing looked up.
    ///
    /// @param dropsInjections whether passages that look like an instruction to the model are left out
    record LongContext(boolean dropsInjections) implements Approach {}

    static Approach of(ApproachName name, TaskSettings task) {
        return switch (name) {
            case ZERO_SHOT -> new Prompting(List.of());
            case FEW_SHOT -> new Prompting(task.fewShot().counts());
            case RETRIEVAL -> new Retrieval(task.retrieval());
            case LONG_CONTEXT -> new LongContext(task.retrieval().dropInjections());
            case TUNE -> new Tuning(task.tune());
            case TUNE__RETRIEVAL ->
                    new Combined(task.tune(), task.retrieval(), task.tuneRetrieval().ownTraining());
        };
    }
}
