package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Approach;
import dev.sartor.project.setting.TaskSettings;

/// An approach to labels that trains the embedder, by a section of its own.
interface OnTrainedEmbedder extends Approach {
    @Override
    default boolean suits(TaskSettings task) {
        return task.isClassification();
    }

    @Override
    default boolean usesTraining() {
        return true;
    }

    @Override
    default boolean isTuned() {
        return true;
    }

    @Override
    default boolean tunesEmbedder() {
        return true;
    }
}
