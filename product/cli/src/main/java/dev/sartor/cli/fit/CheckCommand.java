package dev.sartor.cli.fit;

import dev.sartor.cli.console.Console;
import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.run.RunJson;
import dev.sartor.compare.verdict.AskersJson;
import dev.sartor.core.Json;
import dev.sartor.project.ProjectFix;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "check",
        description =
                "Look at the project file, the data, leaks between them, the documents and licences.",
        footer = {
            "",
            "Exits 0 where a comparison can be made (warnings say what it will not tell), 1 where it cannot,",
            "2 where sartor.yaml itself is wrong.",
            "",
            "Example: sartor check --project my-desk"
        })
public final class CheckCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin ProjectOption project = new ProjectOption();

    @Option(names = "--json", description = "Print what was found as JSON.")
    boolean json;

    @Option(
            names = "--fix",
            description = {
                "First bring former names of keys and values in sartor.yaml up to date. Nothing else in it",
                "changes; the file as it was is kept beside it."
            })
    boolean fix;

    public CheckCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        if (fix) {
            fix(composition.console());
        }
        var read = project.read();
        var console = composition.console();
        var found = new Checkup(read, composition.hub(read.use()), console).run();
        console.print(json ? Json.pretty(json(found)) : text(found));
        return found.problems().isEmpty() ? 0 : 1;
    }

    private void fix(Console console) {
        var changed = ProjectFix.fix(project.absolute());
        if (changed.isEmpty()) {
            console.say("Every key and value has its present name: nothing was changed.");
        }
        changed.forEach(console::say);
    }

    private String text(Checkup.Result found) {
        var table = new Table("TASK", ">TRAIN", ">VALIDATION", ">TEST");
        for (var task : found.tasks()) {
            table.row(task.name(), task.train(), task.validation(), task.test());
        }
        var text = new StringBuilder(table.toString()).append('\n');
        found.documents().ifPresent(count -> text.append("documents: ").append(count).append('\n'));
        found.readers().ifPresent(counts -> text.append(counts.said()).append('\n'));
        found.warnings().forEach(each -> text.append("warning: ").append(each).append('\n'));
        found.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        found.problems().forEach(problem -> text.append(problem).append('\n'));
        var count = found.count();
        return text.append(
                        count == 0
                                ? inOrder(found.warnings().size())
                                        + " Next: sartor compare"
                                        + project.again()
                                : String.format(
                                        Locale.ROOT,
                                        "%,d %s; nothing was started.",
                                        count,
                                        count == 1 ? "problem" : "problems"))
                .toString();
    }

    private static String inOrder(int warnings) {
        return switch (warnings) {
            case 0 -> "All is in order.";
            case 1 -> "Nothing stands in the way of a comparison; see the warning.";
            default ->
                    String.format(
                            Locale.ROOT,
                            "Nothing stands in the way of a comparison; see the %d warnings.",
                            warnings);
        };
    }

    private static ObjectNode json(Checkup.Result found) {
        var json = Json.mapper().createObjectNode();
        json.put("ok", found.problems().isEmpty());
        var tasks = json.putArray("tasks");
        for (var task : found.tasks()) {
            var one = tasks.addObject();
            one.put("name", task.name())
                    .put("train", task.train())
                    .put("validation", task.validation())
                    .put("test", task.test())
                    .put("test_enough", task.needed());
            Optional.ofNullable(found.hidden().get(task.name()))
                    .map(each -> Json.mapper().readTree(RunJson.line(AskersJson.of(each))))
                    .ifPresent(askers -> one.set("askers", askers));
        }
        found.documents().ifPresent(count -> json.put("documents", count));
        found.readers()
                .ifPresent(counts ->
                        json.put("for_everyone", counts.everyone())
                                .put("for_nobody", counts.nobody()));
        json.put("problem_count", found.count());
        var problems = json.putArray("problems");
        found.problems().forEach(problems::add);
        var warnings = json.putArray("warnings");
        found.warnings().forEach(warnings::add);
        var notes = json.putArray("notes");
        found.notes().forEach(notes::add);
        return json;
    }
}
