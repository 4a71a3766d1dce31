package dev.sartor.tune.trainer;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import dev.sartor.tune.checkpoint.Checkpoints;
import dev.sartor.tune.checkpoint.RunLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;

/// Searches for settings: trials are proposed one after another, trained to a small share of their steps, and the best of
/// them further, until one is trained to the end (proposals by what was measured on the lowest rung, as in Falkner et al.
/// 2018, BOHB). The validation score decides. What was measured is written down after each training, so that a search that
/// was stopped goes on where it was.
public final class SettingsSearch {
    private static final String FILE = "search.json";

    /// A point that was tried before is drawn anew so many times at most.
    private static final int MOST_DRAWN = 1000;

    /// How points are proposed.
    public enum Method {
        RANDOM,
        /// See {@link ParzenSampler}.
        TPE
    }

    /// Trains a trial further and measures it.
    @FunctionalInterface
    public interface Trainer {
        /// @param folder the trial's own, the same at each rung
        /// @param share of the training's steps after which it is measured; it is trained there from where it stands
        Measured measured(Trial trial, Path folder, double share);
    }

    /// What a training to a rung came to.
    ///
    /// @param score on validation, of which more is better; of no meaning where it failed
    /// @param seconds that the trial took so far, on all rungs
    /// @param failed why it came to nothing; empty where it did not
    public record Measured(double score, double seconds, Optional<String> failed) {
        public static Measured of(double score, double seconds) {
            return new Measured(score, seconds, Optional.empty());
        }

        public static Measured failed(String why, double seconds) {
            return new Measured(0, seconds, Optional.of(why));
        }
    }

    /// @param trial from 1
    /// @param settings by their keys, as they stand in a project file
    /// @param scores by the rung, as far as it came
    /// @param seconds that it took so far
    /// @param failed why it came to nothing on the rung after those of its scores
    public record Trial(
            int trial,
            Map<String, String> settings,
            double[] places,
            List<Double> scores,
            double seconds,
            Optional<String> failed) {
        public Trial {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            places = places.clone();
            scores = List.copyOf(scores);
        }

        public Trial with(Measured measured) {
            var more = new ArrayList<>(scores);
            if (measured.failed().isEmpty()) {
                more.add(measured.score());
            }
            return new Trial(trial, settings, places, more, measured.seconds(), measured.failed());
        }

        /// Where nothing was measured, less than any score.
        double firstScore() {
            return scores.isEmpty() ? Double.NEGATIVE_INFINITY : scores.getFirst();
        }

        boolean isMeasured() {
            return !scores.isEmpty() || failed.isPresent();
        }
    }

    /// @param trials in the order of their proposal
    /// @param best the one that was trained to the end; 0 while none is
    public record Result(List<Halving.Rung> rungs, List<Trial> trials, int best) {
        public Result {
            rungs = List.copyOf(rungs);
            trials = List.copyOf(trials);
        }

        public Optional<Trial> bestTrial() {
            return best == 0 ? Optional.empty() : Optional.of(trials.get(best - 1));
        }
    }

    private record Stored(String space, List<Trial> trials) {}

    private final List<Dimension> dimensions;
    private final String space;
    private final Halving halving;
    private final Method method;
    private final long seed;

    public SettingsSearch(List<Dimension> dimensions, Halving halving, Method method, long seed) {
        this(dimensions, dimensions.toString(), halving, method, seed);
    }

    /// @param space what the dimensions are called where the search is stored, whatever their keys are now
    public SettingsSearch(
            List<Dimension> dimensions, String space, Halving halving, Method method, long seed) {
        this.dimensions = List.copyOf(dimensions);
        this.space = space;
        this.halving = halving;
        this.method = method;
        this.seed = seed;
    }

    public Halving halving() {
        return halving;
    }

    public Result run(Path folder, Trainer trainer, Progress progress) {
        return run(folder, trainer, progress, _ -> {});
    }

    /// @param folder where search.json stands, and each trial's own folder
    /// @param watcher is told of all so far after each training
    /// @throws SartorException a user's error where every trial came to nothing
    public Result run(Path folder, Trainer trainer, Progress progress, Consumer<Result> watcher) {
        try (var _ = RunLock.of(folder)) {
            var trials = stored(folder);
            for (int rung = 0; rung < halving.rungs().size(); rung++) {
                climb(
                        rung,
                        trials,
                        folder,
                        (trial, place, share) -> {
                            var measured = trial.with(trainer.measured(trial, place, share));
                            trials.set(trial.trial() - 1, measured);
                            write(folder, trials);
                            progress.say(told(measured, share));
                            watcher.accept(result(trials));
                            return measured;
                        });
            }
            var result = result(trials);
            if (result.best() == 0) {
                throw SartorException.user(
                        "every trial of the search came to nothing (the last: "
                                + trials.getLast().failed().orElse("")
                                + "): lower the learning rates of tune.search.space, or allow more with"
                                + " tune.max_forgetting");
            }
            return result;
        }
    }

    /// What was measured so far, where a search began in the folder.
    public Optional<Result> standing(Path folder) {
        return Files.exists(folder.resolve(FILE))
                ? Optional.of(result(stored(folder)))
                : Optional.empty();
    }

    /// A trial's own folder.
    public static Path folder(Path search, int trial) {
        return search.resolve(String.format(Locale.ROOT, "trial-%02d", trial));
    }

    private interface Training {
        Trial train(Trial trial, Path folder, double share);
    }

    /// Trains to a rung what is to be there. Of those that fail the next best takes the place.
    private void climb(int rung, List<Trial> trials, Path folder, Training training) {
        var on = halving.rungs().get(rung);
        int there = 0;
        for (int place = 0; there < on.trials(); place++) {
            var next =
                    rung == 0 ? Optional.of(proposed(trials, place)) : below(trials, rung, place);
            if (next.isEmpty()) {
                return;
            }
            var trial = next.get();
            if (trial.scores().size() <= rung && trial.failed().isEmpty()) {
                trial = training.train(trial, folder(folder, trial.trial()), on.share());
                release(rung, trials, folder);
            }
            there += rung == 0 || trial.failed().isEmpty() ? 1 : 0;
        }
    }

    /// Removes the checkpoints of those that cannot rise any more, however the others do: they are large.
    private void release(int rung, List<Trial> trials, Path folder) {
        int rising = rung + 1 < halving.rungs().size() ? halving.rungs().get(rung + 1).trials() : 0;
        var order =
                trials.stream().filter(trial -> trial.scores().size() > rung).sorted(byScore(rung));
        order.skip(rising).forEach(trial -> Checkpoints.remove(folder(folder, trial.trial())));
        trials.stream()
                .filter(trial -> trial.failed().isPresent())
                .forEach(trial -> Checkpoints.remove(folder(folder, trial.trial())));
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
                                        new ParzenSampler.Tried(each.places(), each.firstScore()))
                                .toList();
        var places = new ParzenSampler(dimensions, random).propose(history);
        for (int i = 0; i < MOST_DRAWN && isTried(settings(places), trials); i++) {
            places = dimensions.stream().mapToDouble(each -> each.drawn(random)).toArray();
        }
        var trial = new Trial(number + 1, settings(places), places, List.of(), 0, Optional.empty());
        trials.add(trial);
        return trial;
    }

    private static boolean isTried(Map<String, String> settings, List<Trial> trials) {
        return trials.stream().anyMatch(trial -> trial.settings().equals(settings));
    }

    private Map<String, String> settings(double[] places) {
        var settings = new LinkedHashMap<String, String>();
        for (int i = 0; i < places.length; i++) {
            settings.put(dimensions.get(i).name(), dimensions.get(i).value(places[i]));
        }
        return settings;
    }

    /// The best of the rung below, by their score there.
    private static Optional<Trial> below(List<Trial> trials, int rung, int place) {
        return trials.stream()
                .filter(trial -> trial.scores().size() >= rung)
                .sorted(byScore(rung - 1))
                .skip(place)
                .findFirst();
    }

    /// Of equal ones the first.
    private static Comparator<Trial> byScore(int rung) {
        return Comparator.comparingDouble((Trial trial) -> -trial.scores().get(rung))
                .thenComparingInt(Trial::trial);
    }

    private Result result(List<Trial> trials) {
        int last = halving.rungs().size();
        var best =
                trials.stream()
                        .filter(trial -> trial.scores().size() == last)
                        .min(byScore(last - 1));
        return new Result(
                halving.rungs(),
                trials.stream().filter(Trial::isMeasured).toList(),
                best.map(Trial::trial).orElse(0));
    }

    private static String told(Trial trial, double share) {
        return String.format(
                Locale.ROOT,
                "trial %d, %.0f %% of the steps: %s with %s",
                trial.trial(),
                100 * share,
                trial.failed()
                        .orElseGet(
                                () -> String.format(Locale.ROOT, "%.4f", trial.scores().getLast())),
                trial.settings());
    }

    /// All that decides which points are tried, and how far.
    public String description() {
        return space + " " + halving + " " + method + " " + seed;
    }

    private List<Trial> stored(Path folder) {
        var file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return new ArrayList<>();
        }
        var stored = read(file);
        if (!stored.space().equals(description())) {
            throw SartorException.user(
                    file
                            + " is of another space, other rungs or another seed: remove it, or choose another folder.");
        }
        return new ArrayList<>(stored.trials().stream().map(this::named).toList());
    }

    /// With its settings by the keys that they have now: in a search of the same space they stand in the same order.
    private Trial named(Trial trial) {
        var values = List.copyOf(trial.settings().values());
        var settings = new LinkedHashMap<String, String>();
        for (int i = 0; i < values.size(); i++) {
            settings.put(dimensions.get(i).name(), values.get(i));
        }
        return new Trial(
                trial.trial(),
                settings,
                trial.places(),
                trial.scores(),
                trial.seconds(),
                trial.failed());
    }

    private static Stored read(Path file) {
        try {
            return Json.mapper().treeToValue(Json.read(file), Stored.class);
        } catch (JacksonException e) {
            throw SartorException.user(
                    file
                            + " was written by another version of Sartor: go on with that one, or remove "
                            + file.getParent()
                            + " to search again.",
                    e);
        }
    }

    private void write(Path folder, List<Trial> trials) {
        var measured = trials.stream().filter(Trial::isMeasured).toList();
        AtomicFile.write(folder.resolve(FILE), Json.pretty(new Stored(description(), measured)));
    }
}
