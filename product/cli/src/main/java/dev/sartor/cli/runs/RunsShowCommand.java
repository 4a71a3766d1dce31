package dev.sartor.cli.runs;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.index.IndexShowCommand;
import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.Runs;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.core.Json;
import dev.sartor.core.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Show one run: its figures, and everything needed to repeat it.",
        footer = {"", "Example: sartor runs show route/tuned"})
final class RunsShowCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            paramLabel = "RUN",
            description = "An id, the beginning of one, or TASK/CANDIDATE for its newest run.")
    String name = "";

    @Mixin ProjectOption project = new ProjectOption();

    @Mixin AskerOptions asker = new AskerOptions();

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    RunsShowCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var read = project.read();
        var runs = project.runs();
        var run = runs.find(name);
        asker.require(run.maySeeAnswers(), run.id());
        var measured = runs.measured(run, read);
        composition
                .console()
                .print(
                        json
                                ? Json.pretty(RunsJson.of(run, Optional.of(measured), asker))
                                : String.join("\n", lines(run, measured, runs)));
        return 0;
    }

    private List<String> lines(Run run, Measured measured, Runs runs) {
        var lines = new ArrayList<String>();
        lines.add(run.id());
        lines.add("  candidate    " + run.task() + "/" + run.candidate());
        lines.add("  model        " + run.remote().orElse(run.recipe().model()));
        run.promptVersion().ifPresent(id -> lines.add("  prompt       version " + id));
        runs.rebasedFrom(run)
                .ifPresent(from -> lines.add("  rebased from " + from + ", and not yet compared"));
        lines.add(
                "  score        "
                        + score(measured.score())
                        + ", "
                        + measured.score().count()
                        + " test examples");
        measured.also().forEach(also -> lines.add("               " + score(also)));
        measured.freeText().ifPresent(free -> lines.add("  as free text " + score(free)));
        measured.unsupported().ifPresent(share -> lines.add("  check        " + score(share)));
        lines.add(
                "  an answer    "
                        + Figures.seconds(measured.secondsPerAnswer())
                        + " s, "
                        + Math.round(measured.promptTokens())
                        + " prompt tokens");
        lines.add(
                "  set-up       "
                        + Figures.seconds(run.setup().seconds())
                        + " s, of it training "
                        + Figures.seconds(run.setup().trainingSeconds())
                        + " s");
        if (run.setup().chosen() > 0) {
            lines.add(
                    "  chosen       "
                            + run.setup().chosen()
                            + " of "
                            + run.recipe().choices()
                            + ", by validation");
        }
        run.setup()
                .shown()
                .flatMap(Run.Shown::examples)
                .ifPresent(
                        count -> lines.add("  beside       " + count + " examples, by validation"));
        sure(run.setup(), lines);
        runs.adapter(run)
                .ifPresent(folder ->
                        lines.add(
                                "  adapter      "
                                        + folder
                                        + ", "
                                        + Figures.percent(run.setup().adapterShare())
                                        + " of the model"));
        runs.privacy(run).ifPresent(record -> lines.add("  privacy      " + record.text()));
        lines.addAll(circumstances(run));
        return lines;
    }

    /// What its confidence decides.
    private static void sure(Run.Setup setup, List<String> lines) {
        setup.cascade()
                .ifPresent(parts ->
                        lines.add(
                                String.format(
                                        Locale.ROOT,
                                        "  cascade      %s where it is at least %.3f sure, else %s",
                                        parts.firstCandidate(),
                                        parts.threshold(),
                                        parts.secondCandidate())));
        setup.scope()
                .ifPresent(scope ->
                        scope.threshold()
                                .ifPresent(least ->
                                        lines.add(
                                                String.format(
                                                        Locale.ROOT,
                                                        "  out of scope '%s' below a confidence of %.3f",
                                                        scope.label(),
                                                        least))));
        setup.abstention()
                .ifPresent(by ->
                        lines.add(
                                String.format(
                                        Locale.ROOT,
                                        "  abstains     below a confidence of %.3f, for a precision of %s",
                                        by.threshold(),
                                        Figures.percent(by.precision()))));
    }

    private List<String> circumstances(Run run) {
        var lines = new ArrayList<String>();
        run.peakMib().ifPresent(peak -> lines.add("  peak memory  " + peak + " MiB"));
        if (!asker.areGiven()) { // rules are for whoever keeps the files
            lines.add("  may call     " + IndexShowCommand.readers(run.mayCall()));
            lines.add("  may see it   " + IndexShowCommand.readers(run.maySeeAnswers()));
        }
        lines.add("  seed         " + run.recipe().seed());
        lines.add(
                "  made by      Sartor "
                        + run.version()
                        + " on "
                        + run.machine().processor()
                        + ", "
                        + run.finished());
        lines.add("\n" + SettingRows.of(run.recipe().settings()));
        var digests = new Table("FILE", "SHA-256");
        new TreeMap<>(run.digests()).forEach(digests::row);
        lines.add("\n" + digests);
        return lines;
    }

    private static String score(Score score) {
        return String.format(
                Locale.ROOT,
                "%s %s, 95 %% interval %s to %s",
                score.metric(),
                Figures.score(score.value()),
                Figures.score(score.low()),
                Figures.score(score.high()));
    }
}
