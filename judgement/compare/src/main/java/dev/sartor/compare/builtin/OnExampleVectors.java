package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Approach;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.project.setting.TaskSettings;

/// An approach that answers by the embedder's vectors of the training examples, without a language model.
interface OnExampleVectors extends Approach {
    @Override
    default boolean usesModel() {
        return false;
    }

    @Override
    default boolean usesTraining() {
        return true;
    }

    @Override
    default boolean learnsLabels(TaskSettings task) {
        return true;
    }

    @Override
    default boolean showsTraining() {
        return true;
    }

    @Override
    default boolean usesEmbedder(TaskSettings task) {
        return true;
    }

    @Override
    default double share(Planned planned, Workbench workbench) {
        return workbench.examplesSeconds(planned);
    }
}
