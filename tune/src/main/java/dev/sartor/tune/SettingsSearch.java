package dev.sartor.tune;

import dev.sartor.core.AtomicFile;
import dev.sartor.core.Json;
import dev.sartor.core.Progress;
import dev.sartor.core.SartorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/// Searches for settings: trials are proposed one after another, trained to a small share of their steps, and the best of
/// them further, until one is trained to the end (proposals by what was measured on the lowest rung, as in Falkner et al.
/// 2018, BOHB). The validation score decides. What was measured is written down after each training, so that a search that
/// was stopped goes on where it was.
public final class SettingsSearch {
    private static final String FILE = "search.json";

    /// How points are proposed.
    public enum Method {
        RANDOM,
        /// See {@link ParzenSampler}.
        TPE
    }

    /// Trains a trial further and measures it.
    @FunctionalInterface
    public interface Trainer {
        /// @param settings by their keys
        /// @param share of the training's steps after which it is measured; it is trained there from where it stands
        /// @return the validation score, of which more is better
        double score(int trial, Map<String, String> settings, double share);
    }

    /// @param trial from 1
    /// @param settings by their keys
    /// @param scores by the rung, as far as it came
    public record Trial(
            int trial, Map<String, String> settings, double[] places, List<Double> scores) {
        public Trial {
            settings = Map.copyOf(settings);
            places = places.clone();
            scores = List.copyOf(scores);
        }

        Trial with(double score) {
            var more = new ArrayList<>(scores);
            more.add(score);
            return new Trial(trial, settings, places, more);
        }
    }

    /// @param trials in the order of their proposal
    /// @param best the one that was trained to the end
    public record Result(List<Halving.Rung> rungs, List<Trial> trials, int best) {}

    private record Stored(String space, List<Trial> trials) {}

    private final List<Dimension> dimensions;
    private final Halving halving;
    private final Method method;
    private final long seed;

    public SettingsSearch(List<Dimension> dimensions, Halving halving, Method method, long seed) {
        this.dimensions = List.copyOf(dimensions);
        this.halving = halving;
        this.method = method;
        this.seed = seed;
    }

    /// @param folder where search.json stands
    public Result run(Path folder, Trainer trainer, Progress progress) {
        var trials = stored(folder);
        for (int rung = 0; rung < halving.rungs().size(); rung++) {
            var on = halving.rungs().get(rung);
            for (int place = 0; place < on.trials(); place++) {
                var trial = rung == 0 ? proposed(trials, place) : promoted(trials, rung, place);
                if (trial.scores().size() <= rung) {
                    var measured =
                            trial.with(trainer.score(trial.trial(), trial.settings(), on.share()));
                    trials.set(trial.trial() - 1, measured);
                    write(folder, trials);
                    progress.say(told(measured, on));
                }
            }
        }
        int last = halving.rungs().size();
        var best =
                trials.stream()
                        .filter(trial -> trial.scores().size() == last)
                        .max(Comparator.comparingDouble(trial -> trial.scores().getLast()))
                        .orElseThrow();
        return new Result(halving.rungs(), trials, best.trial());
    }

    private Trial proposed(List<Trial> trials, int number) {
        if (number < trials.size()) {
            return trials.get(number);
        }
        // A generator for each trial: a search that goes on proposes what it would have proposed.
        var random = new SplittableRandom(seed * 1_000_003 + number);
        var history =
                method == Method.RANDOM
                        ? List.<ParzenSampler.Tried>of()
                        : trials.stream()
                                .map(each ->
                                        new ParzenSampler.Tried(
                                                each.places(), each.scores().getFirst()))
                                .toList();
        var places = new ParzenSampler(dimensions, random).propose(history);
        var trial = new Trial(number + 1, settings(places), places, List.of());
        trials.add(trial);
        return trial;
    }

    private Map<String, String> settings(double[] places) {
        var settings = new LinkedHashMap<String, String>();
        for (int i = 0; i < places.length; i++) {
            settings.put(dimensions.get(i).name(), dimensions.get(i).value(places[i]));
        }
        return settings;
    }

    /// The best of the rung below, by their score there; of equal ones the first.
    private static Trial promoted(List<Trial> trials, int rung, int place) {
        return trials.stream()
                .filter(trial -> trial.scores().size() >= rung)
                .sorted(
                        Comparator.comparingDouble((Trial trial) -> -trial.scores().get(rung - 1))
                                .thenComparingInt(Trial::trial))
                .skip(place)
                .findFirst()
                .orElseThrow();
    }

    private static String told(Trial trial, Halving.Rung rung) {
        return String.format(
                Locale.ROOT,
                "trial %d, %.0f %% of the steps: %.4f with %s",
                trial.trial(),
                100 * rung.share(),
                trial.scores().getLast(),
                trial.settings());
    }

    private String space() {
        return dimensions + " " + halving + " " + method + " " + seed;
    }

    private List<Trial> stored(Path folder) {
        var file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return new ArrayList<>();
        }
        var stored = Json.mapper().treeToValue(Json.read(file), Stored.class);
        if (!stored.space().equals(space())) {
            throw SartorException.user(
                    file
                            + " is of another space, other rungs or another seed: remove it, or choose another folder.");
        }
        return new ArrayList<>(stored.trials());
    }

    private void write(Path folder, List<Trial> trials) {
        var measured = trials.stream().filter(trial -> !trial.scores().isEmpty()).toList();
        AtomicFile.write(folder.resolve(FILE), Json.pretty(new Stored(space(), measured)));
    }
}
