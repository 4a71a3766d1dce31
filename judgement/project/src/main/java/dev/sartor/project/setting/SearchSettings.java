package dev.sartor.project.setting;

import dev.sartor.project.yaml.Setting;
import dev.sartor.tune.trainer.Halving;
import dev.sartor.tune.trainer.SettingsSearch;
import java.util.List;
import java.util.Optional;

/// How a training's settings are searched for.
public record SearchSettings(
        @Setting(
                        means =
                                "How points are proposed. tpe: where good ones were dense so far; random: anywhere, the plain"
                                        + " thing to compare it with.",
                        fallback = "tpe",
                        example = "tpe")
                SettingsSearch.Method method,
        @Setting(
                        means =
                                "How many points are tried. More find better ones, and each can go less far on the same"
                                        + " budget before it is judged.",
                        fallback = "16",
                        example = "16",
                        least = 2,
                        most = 1000,
                        advice = "16 suits two or three settings.")
                int trials,
        @Setting(
                        means =
                                "What the steps of all trials cost together, in whole trainings; judging comes on top. All are"
                                        + " trained to the same small share of their steps, the best quarter of them further, and"
                                        + " one to its end. More lets each go further before it is judged.",
                        fallback = "4",
                        example = "4",
                        least = 1,
                        most = 1000,
                        advice = "A quarter of the trials is usual.")
                double budget,
        @Setting(
                        means =
                                "Where the search's own chance starts; the project's seed where it is not given. That of the"
                                        + " trainings is another.",
                        example = "7",
                        least = 0)
                Optional<Long> seed,
        @Setting(
                        means =
                                "What is varied and how far: for each setting a list of values or a range"
                                        + " {from, to, scale}.",
                        fallback = "{}",
                        example =
                                "{learning_rate: {from: 1e-4, to: 1e-2, scale: log}, rank: [8, 16, 32]}")
                SearchSpace space,
        @Setting(
                        means =
                                "Base models to tune, each with its own search in this space, or, where the space is empty, with the"
                                        + " settings that stand above. The smallest is taken whose score on validation is shown"
                                        + " to be within the task's margin of the best one's. Without them, the project's"
                                        + " model.",
                        fallback = "[]",
                        example = "[smollm2-135m-instruct, gemma-3-270m]")
                List<String> models) {
    public SearchSettings {
        models = List.copyOf(models);
    }

    /// How far how many trials are trained.
    public Halving halving() {
        return Halving.of(trials, budget);
    }

    /// @param projectSeed where the settings have none of their own
    public SettingsSearch search(long projectSeed) {
        // A search is known by the former names of what it varies.
        var former =
                space.dimensions().stream()
                        .map(each -> each.named(RenamedKeys.formerOfSpace(each.name())))
                        .toList();
        return new SettingsSearch(
                space.dimensions(), former.toString(), halving(), method, seed.orElse(projectSeed));
    }
}
