package dev.sartor.cli.fit;

import dev.sartor.cli.console.OutputFile;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.project.ProjectFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "quickstart",
        description = {
            "Set everything up and run the main job on a sample project.",
            "Fetches two small models, compares prompting, retrieval and fine-tuning on two tasks, and says which to ship. Stopped at any point and started again, it goes on."
        },
        footer = {"", "Example: sartor quickstart --dir helpdesk"})
public final class QuickstartCommand implements Callable<Integer> {
    private final Composition composition;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the sample project is laid out (default: ${DEFAULT-VALUE}).")
    Path folder = Path.of("helpdesk");

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write all figures as JSON to this file.")
    Optional<Path> json = Optional.empty();

    public QuickstartCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        json.ifPresent(file -> OutputFile.refuseUnlessWritable("--json", file));
        var option = new ProjectOption();
        option.folder = folder;
        layOut(option.absolute());
        fetch(option.absolute());
        var result = CompareCommand.compare(composition, option, List.of(), Path.of(""));
        json.ifPresent(file -> CompareCommand.write(result, file.toAbsolutePath()));
        console.print(ComparisonText.of(result.figures()));
        console.print("");
        console.print("The report: " + option.absolute().resolve("report.html"));
        console.print("What to type next:");
        console.print(
                "  ./sartor chat answer --project "
                        + folder
                        + "          ask the help desk's candidate");
        console.print(
                "  ./sartor serve --project "
                        + folder
                        + "                the same behind the OpenAI HTTP API");
        console.print(
                "  ./sartor init my-project                  a project of your own to fill in");
        return 0;
    }

    private void layOut(Path target) {
        var laid = SampleProject.layOut(target);
        composition
                .console()
                .say(
                        laid.written().isEmpty()
                                ? "The sample project is in " + target
                                : "Laid out the sample project, "
                                        + laid.written().size()
                                        + " files, in "
                                        + target);
        laid.changed()
                .forEach(name -> composition.console().say("kept as you changed it: " + name));
    }

    /// Both models, with their licences, before anything is measured.
    private void fetch(Path target) {
        var project = ProjectFile.read(target);
        var hub = composition.hub(project.use());
        for (var name : List.of(project.model(), project.embedder())) {
            var model = hub.pull(name, composition.console());
            composition.console().say(name + ": " + model.licence().name());
        }
    }
}
