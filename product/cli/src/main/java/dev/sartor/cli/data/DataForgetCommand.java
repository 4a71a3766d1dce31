package dev.sartor.cli.data;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.compare.run.AnswerErasure;
import dev.sartor.compare.run.LearnedFrom;
import dev.sartor.compare.run.Trees;
import dev.sartor.curate.RowForgetting;
import dev.sartor.curate.RowSelection;
import dev.sartor.project.Project;
import dev.sartor.project.ProjectFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "forget",
        description = {
            "Delete rows from a project, and say what learned from them.",
            "",
            "Rows go from the files that sartor.yaml names and from all JSONL and CSV files in the project's folder, from sets that"
                    + " `sartor data` cleaned, mixed, split or selected, and from the answers that runs keep. Their lines become blank,"
                    + " so that other rows keep theirs; forgotten.jsonl keeps lines and digests, no text. It exits with 1 while weights"
                    + " that learned from such rows are there, or a file still holds their texts. Without rows it shows what is left to"
                    + " do of earlier ones."
        },
        footer = {
            "",
            "Example: sartor data forget helpdesk --where customer=4711 --dry-run",
            "         sartor data forget helpdesk --where customer=4711",
            "         sartor data forget helpdesk --row route/train.jsonl:12 --remove-adapters",
            "         sartor data forget helpdesk --json"
        })
final class DataForgetCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            paramLabel = "PROJECT",
            description = "The project's folder, which holds sartor.yaml.")
    Path folder = Path.of("");

    @Option(
            names = "--where",
            paramLabel = "COLUMN=VALUE",
            description =
                    "Rows whose field holds this, to the letter. Given several times, all must hold.")
    List<String> where = List.of();

    @Option(
            names = "--row",
            paramLabel = "FILE:LINE",
            description = "The row that begins on this line, and its copies. May be repeated.")
    List<String> rows = List.of();

    @Option(names = "--dry-run", description = "Show all that would go, and change nothing.")
    boolean dry;

    @Option(
            names = "--remove-adapters",
            description =
                    "Also remove the adapters that learned from such rows, or may have, and the runs that use them.")
    boolean remove;

    @Option(names = "--json", description = "Print what was done as JSON.")
    boolean json;

    DataForgetCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var project = folder.toAbsolutePath().normalize();
        var read = ProjectFile.read(project);
        var selection = RowSelection.of(where, rows, project);
        try (var _ = OpenProject.lock(project, "data forget")) {
            var clock = Clock.systemUTC();
            var forgetting =
                    RowForgetting.plan(project, files(read), read.documents(), selection, clock);
            var told = told(project, forgetting);
            composition.console().print(json ? told.json() : String.join("\n", told.lines()));
            return told.isDone() || dry ? 0 : 1;
        }
    }

    private ForgottenText told(Path project, RowForgetting forgetting) {
        if (!dry) {
            forgetting.begin();
        }
        var answers = new AnswerErasure(project, dry).asking(forgetting::asks);
        if (!dry) {
            forgetting.finish();
        }
        var made = new LearnedFrom(project);
        var changed =
                forgetting.changed().stream()
                        .map(each ->
                                new LearnedFrom.Changed(
                                        each.file(), each.before(), each.without(), each.at()))
                        .toList();
        var learned = made.of(changed);
        var newest =
                changed.stream()
                        .map(LearnedFrom.Changed::at)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.MIN);
        var unknown = made.unknown(newest);
        if (remove && !dry) {
            learned.stream()
                    .filter(LearnedFrom.Made::isOfWeights)
                    .forEach(each -> Trees.delete(project.resolve(each.place())));
            unknown.forEach(each -> Trees.delete(project.resolve(each)));
        }
        return new ForgottenText(
                new ForgottenText.Gone(forgetting.rows(), answers, dry),
                new ForgottenText.Learned(learned, unknown, remove),
                dry ? List.of() : forgetting.leftOvers());
    }

    /// What sartor.yaml names.
    private static List<Path> files(Project project) {
        var files = new ArrayList<Path>();
        for (var task : project.tasks()) {
            task.train().ifPresent(files::add);
            task.validation().ifPresent(files::add);
            files.add(task.test());
            task.tune().watch().probe().ifPresent(files::add);
        }
        for (var training : project.trainings()) {
            files.add(training.train());
            training.validation().ifPresent(files::add);
            training.tune().watch().probe().ifPresent(files::add);
        }
        project.judge().ifPresent(judge -> files.add(judge.judgements()));
        return files;
    }
}
