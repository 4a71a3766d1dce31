package dev.sartor.cli.option;

import dev.sartor.compare.Runs;
import dev.sartor.core.text.CommandLineText;
import dev.sartor.project.Project;
import dev.sartor.project.ProjectFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Which project a command is about.
public final class ProjectOption {
    @Option(
            names = "--project",
            paramLabel = "DIR",
            description = "The project's folder, which holds sartor.yaml (default: this folder).")
    public Path folder = Path.of("");

    /// The project, read and checked.
    public Project read() {
        return ProjectFile.read(absolute());
    }

    public Path absolute() {
        return folder.toAbsolutePath().normalize();
    }

    public Runs runs() {
        return Runs.of(absolute());
    }

    /// As it has to be typed again after another command: nothing, or ` --project DIR`.
    public String again() {
        return folder.toString().isEmpty()
                ? ""
                : " --project " + CommandLineText.quoted(folder.toString());
    }
}
