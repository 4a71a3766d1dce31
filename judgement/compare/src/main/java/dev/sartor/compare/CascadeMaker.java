package dev.sartor.compare;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Provenance;
import dev.sartor.compare.cascade.CascadeSearch;
import dev.sartor.compare.confidence.AbstentionChoice;
import dev.sartor.compare.run.CascadeParts;
import dev.sartor.compare.run.Machine;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.Scope;
import dev.sartor.compare.verdict.Measured;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Makes the run of a cascade from finished runs of the same task: chosen on their answers to the validation examples, measured on
/// theirs to the test examples. Nothing is asked a second time.
final class CascadeMaker {
    private final Runs runs;
    private final Path folder;
    private final Circumstances circumstances;
    private final Machine machine;

    /// @param folder the project's
    CascadeMaker(Runs runs, Path folder, Circumstances circumstances, Machine machine) {
        this.runs = runs;
        this.folder = folder;
        this.circumstances = circumstances;
        this.machine = machine;
    }

    /// @param run empty where there is none
    /// @param said a sentence of the cascade that was chosen, or of why there is none
    record Made(Optional<RunMaker.Made> run, String said) {}

    /// @param measured the task's other candidates
    Made make(Planned planned, List<Measured> measured) {
        var task = planned.data().task();
        var parts =
                measured.stream()
                        .map(Measured::run)
                        .filter(run -> run.remote().isEmpty())
                        .map(this::part)
                        .filter(part -> part.answers().size() == planned.data().validation().size())
                        .toList();
        var outcome = new CascadeSearch(task.margin(), parts).run();
        return outcome.found()
                .map(found -> new Made(Optional.of(made(planned, found)), said(found)))
                .orElseGet(() -> new Made(Optional.empty(), outcome.why()));
    }

    /// In the order of their ids, as runs of different versions asked in different orders.
    private CascadeSearch.Part part(Run run) {
        var answers =
                runs.at(run.id()).readValidation().stream()
                        .sorted(Comparator.comparing(each -> each.id()))
                        .toList();
        return new CascadeSearch.Part(run.candidate(), run.id(), answers);
    }

    private static String said(CascadeSearch.Found found) {
        return String.format(
                Locale.ROOT,
                "cascade: %s answers where its confidence is at least %.3f, %s the rest (%.0f %% of the validation"
                        + " examples).",
                found.first().candidate(),
                found.threshold(),
                found.second().candidate(),
                100 * found.escalated());
    }

    private RunMaker.Made made(Planned planned, CascadeSearch.Found found) {
        var first = runs.at(found.first().run()).readRun();
        var second = runs.at(found.second().run()).readRun();
        var digests =
                Map.of(
                        "first", first.key(),
                        "second", second.key(),
                        "threshold", Double.toString(found.threshold()));
        var key = planned.key(digests);
        var place = runs.at(planned.id(key));
        if (place.isFinished() && place.readRun().key().equals(key)) {
            return new RunMaker.Made(place.readRun(), place.readAnswers());
        }
        var answers =
                CascadeSearch.joined(runs.answers(first), runs.answers(second), found.threshold());
        var all = new LinkedHashMap<>(planned.data().digests());
        all.putAll(digests);
        all.putAll(planned.promptDigests());
        var readers = first.mayCall().and(second.mayCall());
        var run =
                new Run(
                        planned.id(key),
                        key,
                        planned.recipe(),
                        Optional.empty(),
                        Optional.empty(),
                        all,
                        setup(planned, found, first, second),
                        Run.higher(first.peakMib(), second.peakMib()),
                        machine,
                        circumstances.version(),
                        circumstances.clock().instant(),
                        readers.clauses(),
                        first.maySeeAnswers().and(second.maySeeAnswers()).clauses());
        place.finish(
                run,
                answers,
                Provenance.of(planned, digests, Optional.empty(), readers, folder, circumstances));
        return new RunMaker.Made(run, answers);
    }

    private static Run.Setup setup(
            Planned planned, CascadeSearch.Found found, Run first, Run second) {
        return new Run.Setup(
                0,
                Map.of("cascade", found.score()),
                first.setup().seconds() + second.setup().seconds(),
                first.setup().trainingSeconds() + second.setup().trainingSeconds(),
                0,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                        new CascadeParts(
                                first.id(),
                                first.candidate(),
                                second.id(),
                                second.candidate(),
                                found.threshold())),
                // Its parts say the label already.
                first.setup().scope().map(by -> new Scope(by.label(), Optional.empty())),
                planned.settings()
                        .precision()
                        .map(share ->
                                AbstentionChoice.of(
                                        share,
                                        CascadeSearch.joined(
                                                found.first().answers(),
                                                found.second().answers(),
                                                found.threshold()))));
    }
}
