package dev.sartor.cli.prompts;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.cli.privacy.PrivacyGate;
import dev.sartor.compare.run.Run;
import dev.sartor.core.Json;
import dev.sartor.project.ProjectFile;
import dev.sartor.project.setting.NamedPrompt;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "promote",
        description = {
            "Make a version the promoted one of its task.",
            "Where sartor.yaml says 'prompt: promoted', it counts from now on: the next comparison measures it, and a"
                    + " server that runs answers with it from the next request on.",
            "With --state, every server on that state does, wherever it runs; --tenant has it answer that tenant's"
                    + " callers alone."
        },
        footer = {
            "",
            "Example: sartor prompts promote route 3f2a9c --project helpdesk",
            "         sartor prompts promote route 3f2a9c --state state.db --tenant acme --project helpdesk"
        })
final class PromptsPromoteCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(index = "0", paramLabel = "TASK", description = "A task of the project.")
    String task = "";

    @Parameters(
            index = "1",
            paramLabel = "VERSION",
            description = "An id, or the beginning of one.")
    String name = "";

    @Mixin ProjectOption project = new ProjectOption();

    @Mixin PromotionOptions promotion = new PromotionOptions();

    @Option(names = "--json", description = "Print what was promoted as JSON.")
    boolean json;

    PromptsPromoteCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        promotion.check();
        var of = TaskVersions.of(project, task);
        requireAudit();
        var version = of.versions().find(name);
        var before = promotion.state.isPresent() ? inState(version) : inFolder(of, version);
        var console = composition.console();
        if (json) {
            var said =
                    Json.mapper()
                            .createObjectNode()
                            .put("task", task)
                            .put("promoted", version.id());
            before.ifPresent(id -> said.put("before", id));
            promotion.tenant.ifPresent(tenant -> said.put("tenant", tenant));
            said.put("counts", of.settings().followsPromoted());
            console.print(Json.pretty(said));
        } else {
            console.print(
                    task
                            + "@"
                            + version.id()
                            + " is promoted"
                            + promotion.said()
                            + before.filter(id -> !id.equals(version.id()))
                                    .map(id -> ", in place of " + id)
                                    .orElse("")
                            + ".");
        }
        notes(of, version.id()).forEach(console::say);
        return 0;
    }

    /// @return the id of what was promoted before
    private static Optional<String> inFolder(TaskVersions of, PromptVersion version) {
        var before = of.versions().promoted();
        of.versions().promote(version.id());
        return before;
    }

    private Optional<String> inState(PromptVersion version) {
        return promotion
                .open()
                .promote(promotion.place(project, task), version.content().canonical())
                .map(PromptContent::id);
    }

    /// What the task's candidate was tuned with may be refused by the project's section `privacy`.
    private void requireAudit() {
        var stated = ProjectFile.stated(project.absolute());
        chosen().ifPresent(run -> PrivacyGate.require(stated, project.absolute(), run));
    }

    /// Where it does not count, or is not taken up.
    private List<String> notes(TaskVersions of, String id) {
        var notes = new ArrayList<String>();
        if (!of.settings().followsPromoted()) {
            notes.add(
                    "sartor.yaml does not follow it: the prompt of task '"
                            + task
                            + "' stays "
                            + of.counting().map(PromptContent::id).orElse("as it is")
                            + " until it says 'prompt: "
                            + NamedPrompt.PROMOTED
                            + "'.");
        }
        if (promotion.state.isPresent() && of.settings().followsPromoted()) {
            of.versions()
                    .promoted()
                    .filter(own -> !own.equals(id))
                    .ifPresent(own ->
                            notes.add(
                                    "The promoted version of the project's folder stays "
                                            + own
                                            + ", which `sartor compare` measures: promote "
                                            + id
                                            + " without --state, too, to measure it."));
        }
        chosen().filter(run -> run.promptVersion().filter(id::equals).isEmpty())
                .filter(run ->
                        promotion.state.isEmpty() || run.adapter().isPresent() || run.isVariant())
                .ifPresent(run -> notes.add(another(run)));
        return notes;
    }

    /// @param run that the newest comparison chose, with another version
    private String another(Run run) {
        var compare = "`sartor compare " + task + "`";
        if (run.adapter().isPresent()) {
            return run.candidate()
                    + ", which the newest comparison chose, was trained with its prompt and does not take it up: "
                    + compare
                    + " trains with it.";
        }
        return run.isVariant()
                ? run.candidate()
                        + ", which the newest comparison chose, keeps the version that it is called by: "
                        + compare
                        + " measures this one beside it."
                : "The newest comparison measured "
                        + run.candidate()
                        + " with another version: "
                        + compare
                        + " measures this one.";
    }

    private Optional<Run> chosen() {
        return project.runs().chosen(task);
    }
}
