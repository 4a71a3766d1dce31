package dev.sartor.cli.fit;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.text.CommandLineText;
import dev.sartor.project.ProjectScaffold;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "init",
        description =
                "Write a project to start from: sartor.yaml with every key explained, and a few rows of data.",
        footer = {"", "Example: sartor init my-desk"})
public final class InitCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "Where to (by default the folder you are in).")
    Path folder = Path.of("");

    @Option(names = "--name", description = "The project's name (by default the folder's).")
    Optional<String> name = Optional.empty();

    public InitCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        var project = folder.toAbsolutePath().normalize();
        var last = Optional.ofNullable(project.getFileName()).map(Path::toString).orElse("project");
        for (var file : ProjectScaffold.write(project, name.orElse(last))) {
            console.print("wrote " + file);
        }
        var there =
                folder.toString().isEmpty()
                        ? ""
                        : " --project " + CommandLineText.quoted(folder.toString());
        console.print("Put your own rows into data/ and your task into sartor.yaml, then:");
        console.print("  sartor check" + there + "     looks at both");
        console.print("  sartor compare" + there + "   measures the candidates");
        return 0;
    }
}
