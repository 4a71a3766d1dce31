package dev.sartor.compare.approach;

import dev.sartor.project.Project;
import dev.sartor.project.Training;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.NamedPrompt;
import dev.sartor.project.setting.SearchSettings;
import dev.sartor.project.setting.SettingKey;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.project.setting.Wire;
import dev.sartor.prompt.version.PromptVariant;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Settings as `sartor.yaml` could state them, every default written out: what a later version takes for granted, or a changed
/// file, does not change them.
public final class RecordedSettings {
    private final Path folder;

    private RecordedSettings(Path folder) {
        this.folder = folder;
    }

    /// What one candidate is made by.
    ///
    /// @param folder the project's
    public static Map<String, Object> of(Planned planned, Path folder) {
        var plain = new RecordedSettings(folder);
        var settings = planned.settings();
        var task = plain.section(settings);
        task.remove("value");
        // What else was tried is no part of what one candidate is made by.
        task.remove("prompts");
        planned.variant().ifPresent(id -> task.put("prompts", List.of(id)));
        task.put("approaches", List.of(planned.name().wireName()));
        task.put("columns", plain.columns(settings.columns()));
        var all = plain.project(planned.project());
        // Sections of the project are what those of its task inherit.
        all.put("few_shot", plain.section(settings.fewShot()));
        all.put("retrieval", plain.section(settings.retrieval()));
        all.put("tune", plain.section(settings.tune()));
        all.put("tune_retrieval", plain.section(settings.tuneRetrieval()));
        if (!planned.project().models().contains(planned.project().model())) {
            all.remove("models");
        }
        if (planned.name().tunesEmbedder()) {
            all.put("encoder", plain.section(settings.encoder()));
            all.put("setfit", plain.section(settings.setfit()));
        } else {
            List.of("encoder", "setfit").forEach(all::remove);
            List.of("encoder", "setfit").forEach(task::remove);
        }
        all.put("approaches", task.get("approaches"));
        all.put("tasks", List.of(task));
        planned.remote().ifPresent(remote -> all.put("remotes", List.of(plain.section(remote))));
        if (!planned.name().usesDocuments()) {
            all.remove("documents");
        }
        return all;
    }

    /// What a training that is no task's is made by.
    public static Map<String, Object> of(Training training, Project project, Path folder) {
        var plain = new RecordedSettings(folder);
        var all = plain.project(project);
        List.of("models", "encoder", "setfit", "documents").forEach(all::remove);
        all.put("tune", plain.section(training.tune()));
        all.put("tasks", List.of());
        all.put("trainings", List.of(plain.section(training)));
        return all;
    }

    /// What belongs to no task; without prices and the judge, which change no answer, and the number of trainings, of which each is
    /// a run.
    private Map<String, Object> project(Project project) {
        var all = section(project);
        List.of("tasks", "trainings", "remotes", "judge", "costs", "seeds", "value")
                .forEach(all::remove);
        if (project.racing()) {
            // As before there was a race.
            all.remove("racing");
        }
        return all;
    }

    /// As before there were groups and askers, where these have their usual names.
    private Map<String, Object> columns(TaskSettings.Columns columns) {
        var all = section(columns);
        all.remove("group", "group");
        all.remove("asker", "asker");
        return all;
    }

    private Map<String, Object> section(Record record) {
        var all = new LinkedHashMap<String, Object>();
        for (var key : SettingKey.of(record.getClass())) {
            value(key.value(record)).ifPresent(value -> all.put(key.key(), value));
        }
        return all;
    }

    private Optional<Object> value(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.flatMap(this::value);
            case List<?> list ->
                    Optional.of(list.stream().flatMap(each -> value(each).stream()).toList());
            case Map<?, ?> map -> Optional.of(map(map));
            case Enum<?> constant -> Optional.of(Wire.value(constant));
            case ApproachName name -> Optional.of(name.wireName());
            case Path path -> Optional.of(relative(path, folder));
            case NamedPrompt named -> Optional.of(named.recorded());
            case PromptVariant variant -> Optional.of(variant.name());
            // What a search found stands in the settings.
            case SearchSettings _ -> Optional.empty();
            case Record record -> Optional.of(section(record));
            default -> Optional.of(value);
        };
    }

    private Map<String, Object> map(Map<?, ?> map) {
        var all = new LinkedHashMap<String, Object>();
        map.forEach(
                (key, value) -> value(value).ifPresent(each -> all.put(Wire.choice(key), each)));
        return all;
    }

    /// As the project file may name it, so that a project can be moved.
    static String relative(Path path, Path folder) {
        return (path.startsWith(folder) ? folder.relativize(path) : path)
                .toString()
                .replace('\\', '/');
    }
}
