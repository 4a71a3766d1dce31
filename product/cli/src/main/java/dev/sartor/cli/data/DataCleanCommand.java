package dev.sartor.cli.data;

import dev.sartor.cli.console.TemporaryFolder;
import dev.sartor.cli.console.Version;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.curate.Ablation;
import dev.sartor.curate.Cleaning;
import dev.sartor.curate.CleaningReport;
import dev.sartor.curate.CleaningRequest;
import dev.sartor.hub.environment.Use;
import dev.sartor.project.Project;
import dev.sartor.project.curation.CurateSettings;
import dev.sartor.project.curation.StatedSettings;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.retrieve.text.LanguageDetection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "clean",
        customSynopsis = {
            "sartor data clean FILE... --out DIR [OPTIONS]",
            "sartor data clean --project DIR [--task TASK] [OPTIONS]"
        },
        description = {
            "Clean rows step by step, and record what became of each.",
            "",
            "Of a project the training rows of each task are cleaned, as its section 'curate' says; rows that its test and"
                    + " validation rows equal go, too. The result is a folder: rows/, removed.jsonl, changed.jsonl, recipe.json."
                    + " A run that was ended goes on where it was."
        },
        footer = {
            "",
            "Example: sartor data clean train.jsonl --against test.jsonl --out cleaned",
            "         sartor data clean code/ --steps exact_duplicates,licences,secrets --out cleaned-code",
            "         sartor data clean rows.csv --set near_duplicates.threshold=0.8 --out cleaned",
            "         sartor data clean --project my-desk --task route"
        })
final class DataCleanCommand implements Callable<Integer> {
    /// Trainings of each side that a step's worth is measured by.
    private static final int DRAWS = 5;

    private final Composition composition;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Files with rows, or folders; other text files are a row each.")
    List<Path> files = List.of();

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description =
                    "Rows that stay and are compared with, such as the test rows: what equals them goes. May be repeated.")
    List<Path> against = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "The result's folder, which is new.")
    Optional<Path> out = Optional.empty();

    @Option(
            names = "--steps",
            split = ",",
            paramLabel = "STEP",
            description =
                    "What is done, in this order (default: broken,exact_duplicates,near_duplicates,secrets,personal_data).")
    List<String> steps = List.of();

    @Option(
            names = "--set",
            paramLabel = "STEP.KEY=VALUE",
            description =
                    "A setting of a step, as in sartor.yaml's section 'curate'. May be repeated.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = {
                "The secret of the pseudonyms, made where it is missing (default: beside the result, as DIR.key). Rows that are"
                        + " cleaned with one key have the same pseudonyms."
            })
    Optional<Path> key = Optional.empty();

    @Option(names = "--task", paramLabel = "TASK", description = "Of a project, this task alone.")
    Optional<String> task = Optional.empty();

    @Option(
            names = "--ablation",
            paramLabel = "FILE",
            description = {
                "Also measure what each step is worth: logistic regression learns with and without it, and is scored on these"
                        + " labelled rows, which are none of a test. May be repeated."
            })
    List<Path> ablation = List.of();

    @Option(names = "--yes", description = "A label, or more than half of the rows, may go.")
    boolean yes;

    @Option(names = "--json", description = "Print the recipe as JSON, a line for each result.")
    boolean json;

    @Mixin ColumnOptions columns = new ColumnOptions();

    @Mixin EmbedderOption embedder = new EmbedderOption();

    @Mixin SeedOption chance = new SeedOption();

    @Mixin ProjectOption project = new ProjectOption();

    DataCleanCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        if (files.isEmpty()) {
            cleanProject();
            return 0;
        }
        var folder =
                out.orElseThrow(() ->
                        SartorException.user("--out is missing: name the result's new folder."));
        run(
                new Job(
                        files,
                        against,
                        ablation,
                        folder,
                        new Fields(columns.text, columns.label),
                        StatedSettings.read(steps, settings),
                        embedder.orUsual(),
                        Use.COMMERCIAL));
        return 0;
    }

    /// The fields of a row's text and label, where they are named.
    private record Fields(Optional<String> text, Optional<String> label) {}

    private void cleanProject() {
        var read = project.read();
        var tasks = tasks(read);
        if (tasks.size() > 1 && out.isPresent()) {
            throw SartorException.user(
                    "--out is for one task: name it with --task, or leave --out away, so that each task has a folder in"
                            + " curated/.");
        }
        for (var each : tasks) {
            var train =
                    each.train()
                            .orElseThrow(() ->
                                    SartorException.user(
                                            "task '"
                                                    + each.name()
                                                    + "' has no training rows to clean: name others with --task."));
            var kept = new ArrayList<Path>(against);
            Stream.concat(each.validation().stream(), Stream.of(each.test())).forEach(kept::add);
            var scored =
                    settings(read).ablation() && ablation.isEmpty()
                            ? each.validation().stream().toList()
                            : ablation;
            run(
                    new Job(
                            List.of(train),
                            kept,
                            scored,
                            out.orElseGet(() ->
                                    project.absolute().resolve("curated").resolve(each.name())),
                            fields(each),
                            settings(read),
                            embedder.name.orElse(read.embedder()),
                            read.use()));
        }
    }

    private CurateSettings settings(Project read) {
        return steps.isEmpty() && settings.isEmpty()
                ? read.curate().orElseGet(() -> StatedSettings.read(List.of(), Map.of()))
                : StatedSettings.read(steps, settings);
    }

    private List<TaskSettings> tasks(Project read) {
        if (task.isPresent()) {
            return List.of(
                    read.task(task.get())
                            .orElseThrow(() ->
                                    SartorException.user(
                                            "there is no task '"
                                                    + task.get()
                                                    + "'; there are "
                                                    + String.join(", ", read.taskNames())
                                                    + ".")));
        }
        var withRows = read.tasks().stream().filter(each -> each.train().isPresent()).toList();
        if (withRows.isEmpty()) {
            throw SartorException.user(
                    "no task of the project has training rows: name files to clean instead.");
        }
        return withRows;
    }

    /// Only where the project names them: chats have other fields.
    private Fields fields(TaskSettings of) {
        return new Fields(
                columns.text.or(() ->
                        Optional.of(of.columns().text()).filter(name -> !name.equals("text"))),
                columns.label.or(() ->
                        Optional.of(of.columns().label()).filter(name -> !name.equals("label"))));
    }

    /// One set of rows and what becomes of it.
    ///
    /// @param scored rows that the steps' worth is measured on; none where it is not
    private record Job(
            List<Path> rows,
            List<Path> references,
            List<Path> scored,
            Path folder,
            Fields fields,
            CurateSettings curate,
            String model,
            Use use) {}

    private void run(Job job) {
        var console = composition.console();
        try (var interrupts = composition.interrupts();
                var opened = new LateEmbedder(composition, job.use(), job.model());
                var names = new LateRecogniser(composition, job.use(), job.curate().nameModel())) {
            var cancellation = interrupts.cancellation();
            var request =
                    new CleaningRequest(
                            job.rows(),
                            job.references(),
                            job.fields().text(),
                            job.fields().label(),
                            job.curate(),
                            job.folder(),
                            yes,
                            chance.seed,
                            key.orElseGet(() -> besides(job.folder())),
                            job.model(),
                            opened::embedder,
                            names::recogniser,
                            () ->
                                    new TunedLabels(
                                            composition,
                                            job.use(),
                                            job.curate().labelModel().orElseThrow(),
                                            cancellation),
                            text ->
                                    LanguageDetection.of(text)
                                            .map(each -> each.name().toLowerCase(Locale.ROOT)));
            var version = new Version().sartor();
            var report = new Cleaning(request, version, console, cancellation).run();
            if (job.scored().isEmpty()) {
                console.print(json ? Json.line(report) : CleaningText.of(report, job.folder()));
                return;
            }
            try (var work = TemporaryFolder.create("ablation")) {
                var worth =
                        new Ablation(request, DRAWS, console, cancellation)
                                .measure(report, job.scored(), work.path());
                console.print(
                        json
                                ? Json.line(new Measured(report, worth))
                                : CleaningText.of(report, job.folder())
                                        + "\n\n"
                                        + CleaningText.of(worth));
            }
        }
    }

    private static Path besides(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".key");
    }

    /// What was done, and what it was worth.
    private record Measured(CleaningReport recipe, Ablation.Report ablation) {}
}
