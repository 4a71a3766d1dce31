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
        return parse(text(folder), folder);
    }

    /// The project as the file alone states it: versions of prompts that it names are not read.
    ///
    /// @param folder the project's folder
    public static Project stated(Path folder) {
        return parse(text(folder), folder, false);
    }

    private static String text(Path folder) {
        var file = folder.resolve(Project.FILE);
        if (!Files.isRegularFile(file)) {
            throw SartorException.user(
                    "there is no "
                            + Project.FILE
                            + " in "
                            + folder.toAbsolutePath().normalize()
                            + ": run `sartor init` there, or name the project's folder with --project.");
        }
        return YamlSource.text(file, Project.FILE);
    }

    /// Settings that were checked when they were recorded.
    ///
    /// @param shown the record's file, as errors name it
    public static Project recorded(Map<String, Object> settings, Path folder, String shown) {
        var problems = new FileProblems(shown);
        var binder = new YamlBinder(folder, problems);
        var read =
                YamlSource.mapping(Json.pretty(settings), problems)
                        .flatMap(mapping -> binder.record(mapping, Project.class, ""))
                        .map(new StatedPrompts(folder, binder, problems)::read);
        problems.throwIfAny();
        return read.orElseThrow();
    }

    static Project parse(String text, Path folder) {
        return parse(text, folder, true);
    }

    private static Project parse(String text, Path folder, boolean withPrompts) {
        var problems = new FileProblems(Project.FILE);
        var binder = new YamlBinder(folder, problems);
        Optional<Project> project =
                YamlSource.mapping(text, problems)
                        .flatMap(mapping -> binder.record(mapping, Project.class, ""));
        project.ifPresent(read -> new ProjectRules(binder, problems).check(read));
        var read =
                withPrompts
                        ? project.map(new StatedPrompts(folder, binder, problems)::read)
                        : project;
        if (withPrompts) {
            project.ifPresent(
                    stated -> new VariantRules(binder, problems).check(stated, read.orElseThrow()));
        }
        problems.throwIfAny();
        return read.orElseThrow();
    }
}
