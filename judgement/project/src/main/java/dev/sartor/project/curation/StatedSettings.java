package dev.sartor.project.curation;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.project.setting.YamlBinder;
import dev.sartor.project.yaml.FileProblems;
import dev.sartor.project.yaml.YamlSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The section `curate` as a command line states it.
public final class StatedSettings {
    private StatedSettings() {}

    /// @param steps by their names; none for those that are done by default
    /// @param values of settings by their keys within the section, such as `near_duplicates.threshold`, as YAML writes them
    /// @throws SartorException a user's error that lists all that is wrong
    public static CurateSettings read(List<String> steps, Map<String, String> values) {
        var sections = new LinkedHashMap<String, List<String>>();
        var lines = new ArrayList<String>();
        if (!steps.isEmpty()) {
            lines.add(
                    "steps: [" + String.join(", ", steps.stream().map(Json::line).toList()) + "]");
        }
        values.forEach((key, value) -> {
            int dot = key.indexOf('.');
            if (dot <= 0 || value.contains("\n")) {
                throw SartorException.user(
                        "--set must be STEP.KEY=VALUE, got "
                                + key
                                + "="
                                + value
                                + ": such as near_duplicates.threshold=0.8");
            }
            sections.computeIfAbsent(key.substring(0, dot), _ -> new ArrayList<>())
                    .add(Json.line(key.substring(dot + 1)) + ": " + value);
        });
        sections.forEach((section, settings) ->
                lines.add(Json.line(section) + ": {" + String.join(", ", settings) + "}"));
        var problems = new FileProblems("the command line");
        var binder = new YamlBinder(Path.of(""), problems);
        var text = lines.isEmpty() ? "{}" : String.join("\n", lines);
        var read =
                YamlSource.mapping(text, problems)
                        .flatMap(mapping -> binder.record(mapping, CurateSettings.class, "curate"));
        problems.throwIfAny();
        return read.orElseThrow();
    }
}
