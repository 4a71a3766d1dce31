package dev.sartor.cli.fit;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.TaskTuning;
import dev.sartor.compare.Trainings;
import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.privacy.canary.Canaries;
import dev.sartor.project.Training;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tune",
        description = {
            "Train a model on a task, or do one of the project's trainings.",
            "A task's training is measured on validation after each epoch. With a section `search` under tune, its settings are searched for: many are trained for a while, the best go on.",
            "Ctrl-C writes a checkpoint; the same command goes on from it. `compare` takes the result as it is."
        },
        footer = {
            "",
            "Examples: sartor tune route --project helpdesk --explain",
            "          sartor tune route --project helpdesk",
            "          sartor tune route --project helpdesk --dp-epsilon 8",
            "          sartor tune route --project helpdesk --ranks 2",
            "          sartor tune route --project helpdesk --ranks 2 --rank 1 --rendezvous trainer-0:29500"
        })
public final class TuneCommand implements Callable<Integer> {
    private static final String TO_PASTE =
            "\n`compare` and `evaluate` take it where the section tune says so, too: privacy: ";

    private final Composition composition;

    @Parameters(paramLabel = "TASK", description = "The task's or training's name in sartor.yaml.")
    String task = "";

    @Mixin ProjectOption project = new ProjectOption();

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Option(
            names = "--explain",
            description =
                    "Print what would happen and why: tokens, steps, time, memory, cost; train nothing.")
    boolean explain;

    @Mixin PrivacyOptions privacy = new PrivacyOptions();

    @Option(
            names = "--canaries",
            paramLabel = "N",
            description =
                    "Train a twin beside what is used, with N random canary rows at 1, N at 4 and N at 16 repeats: `sartor audit-adapter` measures how well they were learned.")
    Optional<Integer> canaries = Optional.empty();

    @Mixin RankOptions ranks = new RankOptions();

    private Map<String, String> asked = Map.of();

    public TuneCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        try (var open = OpenProject.open(project, composition);
                var interrupts = composition.interrupts()) {
            asked = privacy.settings(open.project().training(task).isPresent(), !ranks.areNone());
            var around = open.around(interrupts.cancellation());
            open.engines().divide(ranks.ranks(again(), composition.console()));
            if (ranks.isFollowing() && !explain) {
                follow(open, around);
                return 0;
            }
            composition.console().print(explain ? explained(open, around) : done(open, around));
        }
        return 0;
    }

    /// As another rank than the first, which prints the result.
    private void follow(OpenProject open, Circumstances around) {
        var training = open.project().training(task);
        if (training.isPresent()) {
            var request =
                    new Trainings(open.project(), open.folder(), around).request(training.get());
            open.engines().follow(request, around.progress(), around.cancellation());
        } else {
            var request = new TaskTuning(open.project(), open.folder(), around).request(task);
            open.engines().follow(request, around.progress(), around.cancellation());
        }
    }

    /// What this command is started with as another rank.
    private List<String> again() {
        return List.of("tune", task, "--project", project.absolute().toString());
    }

    private String done(OpenProject open, Circumstances around) {
        var training = open.project().training(task);
        if (training.isEmpty() && !ranks.areNone()) {
            new TaskTuning(open.project(), open.folder(), around).refuseSearch(task);
        }
        var planted = planted(open, training);
        try (var _ = open.lock("tune")) {
            return printed(
                    training.isPresent()
                            ? new Trainings(open.project(), open.folder(), around)
                                    .run(training.get(), planted)
                            : tuning(open, around).run(task, planted));
        }
    }

    private Optional<Canaries> planted(OpenProject open, Optional<Training> training) {
        var planted = canaries.map(each -> Canaries.drawn(each, open.project().seed()));
        if (planted.isPresent() && !ranks.areNone()) {
            throw SartorException.user(
                    "--canaries needs one process: leave --ranks out, or train the twin without it.");
        }
        planted.ifPresent(_ -> {
            // Refuses what does not go on with a text, before anything is trained.
            open.engines()
                    .languageModel(
                            training.map(each -> each.model(open.project()))
                                    .orElse(open.project().model()));
        });
        return planted;
    }

    private String explained(OpenProject open, Circumstances around) {
        if (open.project().training(task).isPresent()) {
            throw SartorException.user(
                    "--explain tells of tasks alone, and '"
                            + task
                            + "' is a training: leave it out.");
        }
        var tuning = tuning(open, around);
        if (!ranks.areNone()) {
            tuning.refuseSearch(task);
        }
        return explained(tuning);
    }

    private TaskTuning tuning(OpenProject open, Circumstances around) {
        return new TaskTuning(open.project(), open.folder(), around, asked);
    }

    private String explained(TaskTuning tuning) {
        var explained = tuning.explain(task);
        return json
                ? Json.pretty(TuneExplanation.fields(explained))
                : TuneExplanation.text(task, explained);
    }

    private String printed(TaskTuning.Outcome tuned) {
        return json ? Json.pretty(fields(tuned)) : searched(tuned) + text(tuned);
    }

    private static Map<String, Object> fields(TaskTuning.Outcome tuned) {
        var adapter = tuned.adapter();
        var fields = new LinkedHashMap<String, Object>();
        fields.put(isAdapter(tuned) ? "adapter" : "model", tuned.folder().toString());
        fields.put("parameters", adapter.parameters());
        fields.put("seconds", adapter.seconds());
        fields.put("validation", adapter.validation());
        fields.put("kept_epoch", adapter.keptEpoch());
        adapter.privacy().ifPresent(record -> fields.put("privacy", RunJson.settings(record)));
        tuned.search().ifPresent(search -> fields.put("search", SearchText.fields(search)));
        if (!tuned.models().isEmpty()) {
            fields.put("models", tuned.models().stream().map(SearchText::fields).toList());
        }
        return fields;
    }

    private String text(TaskTuning.Outcome tuned) {
        var adapter = tuned.adapter();
        var lines = new StringBuilder();
        adapter.validation().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e ->
                        lines.append(
                                String.format(
                                        Locale.ROOT,
                                        "epoch %s: validation %.3f%s%n",
                                        Figures.epochs(e.getKey()),
                                        e.getValue(),
                                        e.getKey() == adapter.keptEpoch() ? "  (kept)" : "")));
        return lines
                + (isAdapter(tuned)
                        ? "The adapter, in PEFT's format: "
                        : "The model, in a folder that can be named where a model is asked for: ")
                + tuned.folder()
                + (asked.isEmpty() ? "" : TO_PASTE + asked.get("privacy"))
                + "\nHow the training went: "
                + tuned.folder().resolve("training.html");
    }

    /// What was searched, before the training that came of it.
    private static String searched(TaskTuning.Outcome tuned) {
        var parts = new ArrayList<String>();
        if (!tuned.models().isEmpty()) {
            parts.add(SearchText.models(tuned.models()));
        }
        tuned.search()
                .ifPresent(search -> {
                    parts.add(SearchText.text(search));
                    parts.add("How the search went: " + tuned.folder().resolve("search.html"));
                });
        if (!parts.isEmpty()) {
            parts.add(SearchText.toPaste(tuned));
        }
        return String.join("", parts.stream().map(part -> part + "\n\n").toList());
    }

    private static boolean isAdapter(TaskTuning.Outcome tuned) {
        return PeftFolder.isOne(tuned.folder());
    }
}
