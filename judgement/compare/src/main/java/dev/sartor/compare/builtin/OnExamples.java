package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Approach;
import dev.sartor.project.setting.TaskSettings;

/// An approach that answers by the training examples, without a language model.
interface OnExamples extends Approach {
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
}
