package dev.sartor.project;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.project.setting.YamlBinder;
import dev.sartor.project.yaml.FileProblems;
import dev.sartor.project.yaml.YamlSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Reads `sartor.yaml`.
public final class ProjectFile {
    private ProjectFile() {}

    /// @param folder the project's folder
    /// @throws SartorException a user's error with every problem of the file, by line
    public static Project read(Path folder) {
        var file = folder.resolve(Project.FILE);
        if (!Files.isRegularFile(file)) {
            throw SartorException.user(
                    "there is no "
                            + Project.FILE
                            + " in "
                            + folder.toAbsolutePath().normalize()
                            + ": run `sartor init` there, or name the project's folder with --project.");
        }
        return parse(YamlSource.text(file, Project.FILE), folder);
    }

    /// Settings that were checked when they were recorded.
    ///
    /// @param shown the record's file, as errors name it
    public static Project recorded(Map<String, Object> settings, Path folder, String shown) {
        var problems = new FileProblems(shown);
        var read =
                YamlSource.mapping(Json.pretty(settings), problems)
                        .flatMap(mapping ->
                                new YamlBinder(folder, problems)
                                        .record(mapping, Project.class, ""));
        problems.throwIfAny();
        return read.orElseThrow();
    }

    static Project parse(String text, Path folder) {
        var problems = new FileProblems(Project.FILE);
        var binder = new YamlBinder(folder, problems);
        Optional<Project> project =
                YamlSource.mapping(text, problems)
                        .flatMap(mapping -> binder.record(mapping, Project.class, ""));
        project.ifPresent(read -> new ProjectRules(binder, problems).check(read));
        problems.throwIfAny();
        return project.orElseThrow();
    }
}
