package dev.sartor.cli.prompts;

import dev.sartor.cli.console.InputFile;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.core.Example;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersion;
import dev.sartor.prompt.version.PromptVersions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "new",
        description = {
            "Make a version of a task's prompt from what counts now or from another version.",
            "Without an option it keeps what counts now. The same words are the same version."
        },
        footer = {
            "",
            "Example: sartor prompts new route --instruction \"Which team is it for?\" --note shorter --project helpdesk",
            "         sartor prompts new route --examples train-3,train-8 --project helpdesk"
        })
final class PromptsNewCommand implements Callable<Integer> {
    private final Composition composition;
    private final Clock clock;

    @Parameters(index = "0", paramLabel = "TASK", description = "A task of the project.")
    String task = "";

    @Option(
            names = "--parent",
            paramLabel = "VERSION",
            description = "The version to begin with (default: what counts now).")
    Optional<String> parent = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description =
                    "A version's file that was copied and edited, in place of --parent's content.")
    Optional<Path> from = Optional.empty();

    @Option(
            names = "--instruction",
            paramLabel = "TEXT",
            description = "What a person would be told.")
    Optional<String> instruction = Optional.empty();

    @Option(
            names = "--instruction-file",
            paramLabel = "FILE",
            description = "The same from a text file.")
    Optional<Path> instructionFile = Optional.empty();

    @Option(
            names = "--system",
            paramLabel = "FILE",
            description = "The system's turn, a template in a file; with --user.")
    Optional<Path> system = Optional.empty();

    @Option(
            names = "--user",
            paramLabel = "FILE",
            description = "The user's turn, a template in a file; with --system.")
    Optional<Path> user = Optional.empty();

    @Option(
            names = "--examples",
            split = ",",
            paramLabel = "ROW",
            description =
                    "The ids of training rows that stand before every question, in this order, in place of others.")
    List<String> examples = List.of();

    @Option(names = "--no-examples", description = "No examples before every question.")
    boolean withoutExamples;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why it was made.")
    Optional<String> note = Optional.empty();

    @Mixin ProjectOption project = new ProjectOption();

    @Option(names = "--json", description = "Print the version as JSON.")
    boolean json;

    PromptsNewCommand(Composition composition) {
        this.composition = composition;
        this.clock = Clock.systemUTC();
    }

    @Override
    public Integer call() {
        refuseWhatContradicts();
        var of = TaskVersions.of(project, task);
        var base = base(of);
        var content = changed(of, base.content());
        boolean isKept = of.versions().ids().contains(content.id());
        var made =
                of.versions()
                        .write(
                                new PromptVersion(
                                        content,
                                        parent(base).filter(id -> !id.equals(content.id())),
                                        note.or(() -> from.flatMap(_ -> base.note())),
                                        clock.instant().truncatedTo(ChronoUnit.SECONDS)));
        var console = composition.console();
        if (json) {
            console.print(Json.pretty(VersionText.json(made, of)));
        } else {
            console.print(made.id());
            console.say(
                    isKept
                            ? "The same words are kept already; nothing was changed."
                            : "Kept as "
                                    + of.versions().file(made.id())
                                    + ". `sartor prompts promote "
                                    + task
                                    + " "
                                    + made.id()
                                    + project.again()
                                    + "` promotes it.");
        }
        return 0;
    }

    private void refuseWhatContradicts() {
        refuseBoth(
                instruction.isPresent(),
                "--instruction",
                instructionFile.isPresent(),
                "--instruction-file");
        refuseBoth(parent.isPresent(), "--parent", from.isPresent(), "--from");
        refuseBoth(!examples.isEmpty(), "--examples", withoutExamples, "--no-examples");
        if (system.isPresent() != user.isPresent()) {
            throw SartorException.user(
                    "--system and --user come together: the prompt's own texts are both. Give both, or neither.");
        }
    }

    private static void refuseBoth(boolean one, String first, boolean other, String second) {
        if (one && other) {
            throw SartorException.user(
                    first + " and " + second + " say the same thing twice: give one of them.");
        }
    }

    /// The version that it was made from: an edited file's name tells it, or what stands in the file.
    private Optional<String> parent(PromptVersion base) {
        return from.map(file -> String.valueOf(file.getFileName()).replaceFirst("\\.json$", ""))
                .filter(PromptVersions::isId)
                .or(() -> from.isPresent() ? base.parent() : Optional.of(base.id()));
    }

    /// What it begins with.
    private PromptVersion base(TaskVersions of) {
        if (from.isPresent()) {
            return PromptVersions.readFrom(InputFile.existing(from.get()));
        }
        return parent.map(of::find)
                .orElseGet(() ->
                        new PromptVersion(
                                of.counting()
                                        .orElseThrow(() ->
                                                SartorException.user(
                                                        "--parent must name a version, as sartor.yaml follows the promoted one"
                                                                + " and none is promoted: `sartor prompts list "
                                                                + task
                                                                + "` lists them.")),
                                Optional.empty(),
                                Optional.empty(),
                                clock.instant()));
    }

    private PromptContent changed(TaskVersions of, PromptContent base) {
        var content = base;
        var words = instruction.or(() -> instructionFile.map(PromptsNewCommand::text));
        if (words.isPresent()) {
            content = content.withInstruction(words.get());
        }
        if (system.isPresent()) {
            content =
                    content.with(
                            new PromptContent.Texts(text(system.get()), text(user.orElseThrow())));
        }
        if (withoutExamples) {
            return content.withoutExamples();
        }
        return examples.isEmpty() ? content : content.withExamples(rows(of));
    }

    private static String text(Path file) {
        return InputFile.text(file);
    }

    private List<Example> rows(TaskVersions of) {
        var train = TaskExamples.toServe(of.settings(), true).train();
        if (train.isEmpty()) {
            throw SartorException.user(
                    "--examples names training rows, and task '"
                            + task
                            + "' has none: set 'train' in sartor.yaml.");
        }
        var ids = train.stream().map(Example::id).toList();
        var rows = new ArrayList<Example>();
        for (var id : examples) {
            if (!ids.contains(id)) {
                throw SartorException.user(
                        "--examples must be ids of training rows, got '"
                                + id
                                + "'."
                                + Nearest.hint(id, ids)
                                + " The first is '"
                                + ids.getFirst()
                                + "'.");
            }
            rows.add(train.get(ids.indexOf(id)));
        }
        return rows;
    }
}
