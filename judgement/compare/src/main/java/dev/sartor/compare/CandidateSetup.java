package dev.sartor.compare;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.RunFolder;
import dev.sartor.compare.approach.TunedAdapter;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.confidence.AbstentionChoice;
import dev.sartor.compare.confidence.ScopeRule;
import dev.sartor.compare.run.Calibration;
import dev.sartor.compare.run.Choice;
import dev.sartor.compare.run.Dropped;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.Scope;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.project.setting.Metrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Lets validation choose for one candidate, unless it drops out of the race on the way, and keeps what was chosen in the run's
/// folder.
final class CandidateSetup {
    private final Workbench workbench;
    private final Circumstances circumstances;

    CandidateSetup(Workbench workbench, Circumstances circumstances) {
        this.workbench = workbench;
        this.circumstances = circumstances;
    }

    /// A candidate to choose for.
    ///
    /// @param trained what was trained for it
    /// @param folder of its run
    record Of(Planned planned, String key, Optional<Adapters.Trained> trained, RunFolder folder) {}

    /// Why the candidate is out; where it is empty, what validation chose lies in the run's folder.
    Optional<Dropped> run(Of of, Race race) {
        var planned = of.planned();
        try (var model = workbench.model(planned, of.trained().map(Adapters.Trained::folder))) {
            double shared = planned.approach().share(planned, workbench);
            long start = System.nanoTime();
            var answers =
                    new ValidationAnswers(
                            planned, model, workbench, race.order(), circumstances.progress());
            var screening = new Screening(planned, answers, race);
            var lost = screening.dropped(of.key());
            if (lost.isEmpty()) {
                var selection =
                        new ValidationSelection(
                                planned,
                                answers,
                                workbench,
                                screening.beaten(),
                                circumstances.progress());
                var scores = new LinkedHashMap<String, Double>();
                var choice = selection.choose(scores);
                var calibration = selection.calibration(choice);
                var said = selection.answered(choice, calibration, isKept(planned, race));
                double seconds = shared + (System.nanoTime() - start) / 1e9;
                keep(of, new Chosen(choice, scores, calibration, seconds), said);
            }
            return lost;
        }
    }

    /// Whether answers to the validation examples are needed even where nothing is chosen by them.
    private static boolean isKept(Planned planned, Race race) {
        var settings = planned.settings();
        return race.isOn() || settings.precision().isPresent() || settings.outOfScope().isPresent();
    }

    /// What validation chose.
    ///
    /// @param scores of each choice that was tried
    /// @param seconds of choosing, and of what the candidate shares with others
    private record Chosen(
            Choice choice,
            Map<String, Double> scores,
            Optional<Calibration> calibration,
            double seconds) {}

    /// @param said to the validation examples
    private void keep(Of of, Chosen chosen, List<StoredAnswer> said) {
        var settings = of.planned().settings();
        var metric = Metrics.of(of.planned().data().task());
        var scope = settings.outOfScope().map(label -> ScopeRule.chosen(label, said, metric));
        var validation = scope.map(by -> ScopeRule.applied(by, said, metric)).orElse(said);
        var abstention = settings.precision().map(share -> AbstentionChoice.of(share, validation));
        say(of.planned(), said, scope);
        var adapter = of.trained().map(Adapters.Trained::adapter);
        double training = adapter.map(TunedAdapter::seconds).orElse(0.0);
        var shown = chosen.choice().shown();
        boolean isShown = of.planned().search().isPresent() || shown.nearness().isPresent();
        var setup =
                new Run.Setup(
                        chosen.choice().count(),
                        scores(chosen, adapter),
                        chosen.seconds() + training,
                        training,
                        adapter.map(each -> share(each, of.planned())).orElse(0.0),
                        adapter.map(TunedAdapter::curve).orElse(List.of()),
                        isShown ? Optional.of(shown) : Optional.empty(),
                        chosen.calibration(),
                        Optional.empty(),
                        scope,
                        abstention);
        of.folder().writeSetup(setup, validation);
    }

    /// What a candidate cannot do that the task asks for.
    private void say(Planned planned, List<StoredAnswer> said, Optional<Scope> scope) {
        boolean isSure = said.stream().allMatch(each -> each.confidence().isPresent());
        var name = planned.settings().name() + ": " + planned.candidate();
        if (planned.settings().precision().isPresent() && !isSure) {
            circumstances
                    .progress()
                    .say(name + " answers everything, as it has no calibrated confidence");
        }
        scope.filter(by -> by.threshold().isEmpty())
                .ifPresent(by ->
                        circumstances
                                .progress()
                                .say(
                                        name
                                                + " takes nothing for '"
                                                + by.label()
                                                + "' by its confidence: "
                                                + (isSure
                                                        ? "validation shows no gain by that"
                                                        : "it has none that is calibrated")));
    }

    private static Map<String, Double> scores(Chosen chosen, Optional<TunedAdapter> adapter) {
        var scores = new LinkedHashMap<>(chosen.scores());
        adapter.ifPresent(each ->
                new TreeMap<>(each.validation())
                        .forEach((epoch, score) ->
                                scores.put("epoch " + Figures.epochs(epoch), score)));
        return scores;
    }

    private double share(TunedAdapter adapter, Planned planned) {
        return (double) adapter.parameters()
                / circumstances.engines().parameters(planned.project().model());
    }
}
