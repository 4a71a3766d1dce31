package dev.sartor.compare;

import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.compare.run.Dropped;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.verdict.Standings;
import dev.sartor.core.Example;
import dev.sartor.project.Project;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.TaskSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// The race of a task's candidates for the test examples, on growing parts of its validation examples. Who is beaten, as
/// {@link Standings} says, cannot be shipped, and is dropped. What a training chooses by the same examples, its epoch, is not among
/// the choices that the error is divided over.
final class Race {
    private final List<Example> order;
    private final Optional<Standings> standings;
    private final double margin;

    private Race(List<Example> order, Optional<Standings> standings, double margin) {
        this.order = order;
        this.standings = standings;
        this.margin = margin;
    }

    /// @param planned all candidates of the task
    static Race of(
            Project project, TaskSettings settings, TaskExamples data, List<Planned> planned) {
        var order = order(project, data);
        var racing = planned.stream().filter(each -> !each.name().combines()).toList();
        var standings =
                isOn(project, data) && racing.size() > 1
                        ? Optional.of(
                                new Standings(
                                        order.stream().map(Example::id).toList(),
                                        settings.margin(),
                                        racing.stream()
                                                .mapToInt(each -> Screening.ways(each).size())
                                                .sum()))
                        : Optional.<Standings>empty();
        return new Race(order, standings, settings.margin());
    }

    /// Nobody races; the examples stand in the order in which they would be raced on.
    static Race none(Planned planned) {
        return new Race(
                order(planned.project(), planned.data()),
                Optional.empty(),
                planned.settings().margin());
    }

    /// Whether the candidates of a task are screened on its validation examples. A figure of all examples together shows nothing
    /// example by example, examples of a group are not independent, as the martingale takes them to be, and the formula that
    /// validation chooses by does not say what a judge would.
    static boolean isOn(Project project, TaskExamples data) {
        return project.racing()
                && data.validation().stream().allMatch(each -> each.group().isEmpty())
                && data.validation().size() >= Standings.FIRST_LOOK
                && Metrics.of(data.task()).isMean()
                && !Metrics.isJudged(data.task());
    }

    private static List<Example> order(Project project, TaskExamples data) {
        if (!isOn(project, data)) {
            return data.validation();
        }
        var order = new ArrayList<>(data.validation());
        Collections.shuffle(order, new Random(project.seed()));
        return List.copyOf(order);
    }

    /// The validation examples in the order in which they are looked at.
    List<Example> order() {
        return order;
    }

    boolean isOn() {
        return standings.isPresent();
    }

    /// After how many examples somebody may be dropped; none while nobody leads.
    List<Integer> looks() {
        return standings.map(Standings::looks).orElse(List.of());
    }

    /// Takes in a candidate that answered the validation examples; one of an earlier version, which kept no such answers, is not in
    /// the race.
    void enter(String name, String key, List<StoredAnswer> answers) {
        var scores = new HashMap<String, Double>();
        answers.forEach(each -> scores.put(each.id(), each.score()));
        standings
                .filter(_ -> scores.size() == order.size())
                .ifPresent(race -> race.enter(new Standings.Entrant(name, key, scores)));
    }

    boolean hasEntered(String key) {
        return standings.flatMap(race -> race.entrant(key)).isPresent();
    }

    /// Whether these scores are shown to be too low.
    ///
    /// @param scores of the first examples in the order
    boolean isBeaten(double[] scores) {
        return standings.filter(race -> race.isBeaten(scores)).isPresent();
    }

    /// Why a candidate with these scores is out.
    ///
    /// @param scores of the first examples in the order
    Dropped dropped(Planned planned, String key, double[] scores) {
        var race = standings.orElseThrow();
        var best = race.leader().orElseThrow();
        return new Dropped(
                planned.candidate(),
                key,
                scores.length,
                order.size(),
                Arrays.stream(scores).average().orElseThrow(),
                best.name(),
                best.key(),
                race.mean(best, scores.length),
                margin);
    }

    /// Why a candidate that answered all validation examples is out now that all others have; empty where it is among the
    /// finalists.
    Optional<Dropped> last(Planned planned, String key) {
        return standings
                .flatMap(race -> race.entrant(key).map(race::inOrder))
                .filter(this::isBeaten)
                .map(scores -> dropped(planned, key, scores));
    }
}
