package dev.sartor.tune.trainer;

import dev.sartor.model.memory.StepMemory;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.Network;
import dev.sartor.tensor.machine.NativeMemory;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuneWatch;
import dev.sartor.tune.memory.MemoryPlanner;
import dev.sartor.tune.memory.TrainingMemory;
import dev.sartor.tune.objective.Objective;
import dev.sartor.tune.rank.Ranks;
import dev.sartor.tune.trainer.TrainingRecipe.Aim;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
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

    /// For the engine's thread.
    MemoryPlanner<R> planner(TrainingSet<R> set, Trainer.Checks checks, Ranks ranks) {
        var memory = TrainingMemory.of(network, settings, sizes, ranks.count());
        int longest = set.rows().stream().mapToInt(sizes::tokens).max().orElse(1);
        return new MemoryPlanner<>(
                set.rows(),
                settings,
                sizes,
                memory,
                network instanceof Decoder ? memory.measuring(checks.tokens(longest)) : 0,
                shared(NativeMemory.allowedMib(), ranks));
    }

    /// Ranks of one machine have a part each of what it may hold.
    private static OptionalLong shared(OptionalLong allowedMib, Ranks ranks) {
        return allowedMib.isEmpty()
                ? allowedMib
                : OptionalLong.of(allowedMib.getAsLong() / ranks.here());
    }

    private Stream<String> rows(TrainingSet<R> set) {
        return set.rows().stream().map(sizes::content);
    }

    /// Its name, size and precision.
    private String model() {
        return baseModel + network.parameters() + StepMemory.held(network);
    }
}
