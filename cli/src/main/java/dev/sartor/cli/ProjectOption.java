package dev.sartor.cli;

import dev.sartor.compare.Project;
import dev.sartor.compare.ProjectFile;
import dev.sartor.compare.Runs;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Which project a command is about.
final class ProjectOption {
    @Option(
            names = "--project",
            paramLabel = "DIR",
            description = "The project's folder, which holds sartor.yaml (default: this folder).")
    Path folder = Path.of("");

    /// The project, read and checked.
    Project read() {
        return ProjectFile.read(absolute());
    }

    Path absolute() {
        return folder.toAbsolutePath().normalize();
    }

    Runs runs() {
        return Runs.of(absolute());
    }

    /// As it has to be typed again after another command: nothing, or ` --project DIR`.
    String again() {
        return folder.toString().isEmpty()
                ? ""
                : " --project " + CommandLineText.quoted(folder.toString());
    }
}
