package dev.sartor.cli;

import dev.sartor.compare.Project;
import dev.sartor.compare.ProjectFile;
import dev.sartor.compare.Runs;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Which project a command works in.
final class ProjectOption {
    @Option(
            names = "--project",
            paramLabel = "DIR",
            description =
                    "The project's folder, with its sartor.yaml (by default the folder you are in).")
    private Path folder = Path.of("");

    Path folder() {
        return folder.toAbsolutePath().normalize();
    }

    /// As it has to be typed again after another command: nothing, or ` --project DIR`.
    String option() {
        return folder.toString().isEmpty()
                ? ""
                : " --project " + CommandLineText.quoted(folder.toString());
    }

    /// Reads its file.
    Project open() {
        return ProjectFile.read(folder());
    }

    Runs runs() {
        return Runs.of(folder());
    }
}
