package dev.sartor.tune.trainer;

import dev.sartor.model.memory.StepMemory;
import dev.sartor.model.network.Network;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuneWatch;
import dev.sartor.tune.objective.Objective;
import dev.sartor.tune.trainer.TrainingRecipe.Aim;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// Names a training by all that its result depends on.
///
/// @param sizes the objective, before there is anything to train
record WhatIsTrained<R>(
        Network network, String baseModel, TuneSettings settings, Aim aim, Objective<R> sizes) {
    /// The digest that a training in the folder goes by.
    String recipe(TrainingSet<R> set, TuneWatch watch, Path folder) {
        return TrainingRecipe.of(settings, watch, aim, model(), rows(set)).in(folder);
    }

    /// What all ranks of a training must have before them.
    Map<String, String> agreed(TrainingSet<R> set) {
        return TrainingRecipe.agreed(settings, aim, model(), rows(set));
    }

    private Stream<String> rows(TrainingSet<R> set) {
        return set.rows().stream().map(sizes::content);
    }

    /// Its name, size and precision.
    private String model() {
        return baseModel + network.parameters() + StepMemory.held(network);
    }
}
