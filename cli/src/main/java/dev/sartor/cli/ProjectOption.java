package dev.sartor.cli;

import dev.sartor.compare.Project;
import dev.sartor.compare.ProjectFile;
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
}
