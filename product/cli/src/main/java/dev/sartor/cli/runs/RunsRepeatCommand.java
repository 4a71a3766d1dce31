package dev.sartor.cli.runs;

import dev.sartor.cli.console.Interrupts;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.Recorded;
import dev.sartor.compare.Repetition;
import dev.sartor.compare.run.Figures;
import dev.sartor.core.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "repeat",
        description = {
            "Make a run or a training again from its record, and say whether it is the same.",
            "On the same machine with as many threads, what was trained is the same to the byte (SHA-256). What has changed since (data, documents, model files, version, machine, threads) is named and refused.",
            "The recorded result stays as it is. Ctrl-C stops; the same command goes on."
        },
        footer = {
            "",
            "Exit code: 0 if all is the same, 1 if something differs, 2 if something has changed before.",
            "",
            "Examples: sartor runs repeat route/tuned --project helpdesk",
            "          sartor runs repeat route --project helpdesk          # all that its comparison measured",
            "          sartor runs repeat route-e0738c9d --anyway           # what was trained, by its folder's name"
        })
final class RunsRepeatCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description =
                    "As for `sartor runs show`; or a task, for all runs of its newest comparison; or a training, or the name"
                            + " of a folder in runs/adapters.")
    List<String> names = List.of();

    @Mixin ProjectOption project = new ProjectOption();

    @Option(
            names = "--anyway",
            description = "Go on where something has changed, with what is there now.")
    boolean anyway;

    @Option(names = "--json", description = "Print what came of it as JSON.")
    boolean json;

    RunsRepeatCommand(Composition composition) {
        this.composition = composition;
    }

    /// All names are looked up before anything is done.
    @Override
    public Integer call() {
        var all =
                names.stream()
                        .flatMap(name -> Recorded.find(project.absolute(), name).stream())
                        .distinct()
                        .toList();
        var outcomes = new ArrayList<Repetition.Outcome>();
        try (var _ = OpenProject.lock(project.absolute(), "runs repeat");
                var interrupts = composition.interrupts()) {
            for (var recorded : all) {
                var outcome = repeated(recorded, interrupts);
                outcomes.add(outcome);
                if (!json) {
                    composition.console().print(text(outcome));
                }
            }
        }
        if (json) {
            composition
                    .console()
                    .print(Json.pretty(outcomes.stream().map(RunsRepeatCommand::fields).toList()));
        }
        return outcomes.stream().allMatch(Repetition.Outcome::isSame) ? 0 : 1;
    }

    private Repetition.Outcome repeated(Recorded recorded, Interrupts interrupts) {
        var settings = recorded.project();
        try (var open = OpenProject.of(settings, project.absolute(), composition)) {
            return new Repetition(recorded, settings, open.around(interrupts.cancellation()))
                    .run(anyway);
        }
    }

    private static String text(Repetition.Outcome outcome) {
        var lines = new ArrayList<String>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%s: %s",
                        outcome.id(),
                        outcome.isSame() ? "the same" : "not the same"));
        for (var file : outcome.files()) {
            var was = file.recorded().orElse("nothing");
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "  %-26s %s",
                            file.name(),
                            file.isSame()
                                    ? "the same bytes, SHA-256 " + was
                                    : "SHA-256 "
                                            + was
                                            + " was recorded, "
                                            + file.now().orElse("nothing")
                                            + " came of it"));
        }
        if (outcome.answers() > 0) {
            lines.add(
                    outcome.differing() == 0
                            ? String.format(
                                    Locale.ROOT,
                                    "  the answers to all %d test examples are the same",
                                    outcome.answers())
                            : String.format(
                                    Locale.ROOT,
                                    "  %d of %d test examples are answered otherwise",
                                    outcome.differing(),
                                    outcome.answers()));
        }
        outcome.kept().ifPresent(kept -> lines.add("  the second result is in " + kept));
        lines.add(String.format(Locale.ROOT, "  %s s", Figures.seconds(outcome.seconds())));
        return String.join("\n", lines);
    }

    private static Map<String, Object> fields(Repetition.Outcome outcome) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", outcome.id());
        fields.put("same", outcome.isSame());
        fields.put("changes", outcome.changes());
        fields.put("files", outcome.files().stream().map(RunsRepeatCommand::fields).toList());
        fields.put("answers", outcome.answers());
        fields.put("differing_answers", outcome.differing());
        fields.put("seconds", outcome.seconds());
        outcome.kept().ifPresent(kept -> fields.put("kept", kept.toString()));
        return fields;
    }

    private static Map<String, Object> fields(Repetition.FileOutcome file) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", file.name());
        fields.put("same", file.isSame());
        file.recorded().ifPresent(digest -> fields.put("recorded_sha256", digest));
        file.now().ifPresent(digest -> fields.put("sha256", digest));
        return fields;
    }
}
