package dev.sartor.project;

import dev.sartor.project.setting.SettingKey;
import dev.sartor.project.setting.TaskPrompt;
import dev.sartor.project.setting.ValueSettings;
import dev.sartor.project.setting.Wire;
import dev.sartor.project.yaml.Range;
import dev.sartor.project.yaml.Setting;
import dev.sartor.project.yaml.Types;
import dev.sartor.tune.trainer.Dimension;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The reference of the project file's keys, as Markdown.
public final class ProjectReference {
    private static final String HEAD =
            """
            # The project file

            `sartor.yaml` says what is to be done, with which data and models, and what it may cost. It is YAML 1.2 in
            UTF-8. Paths are relative to the project's folder. `sartor init` writes one to start from; `sartor check`
            names every problem in it at once, by line. A key or value that had another name before is refused with its
            name now, and `sartor check --fix` writes that in its place: comments and form stay, and the file as it was is
            kept beside it. What was made before is found under the new names.

            This page is made from the records that read the file: `./sartor test` fails where the two differ.
            """;

    private ProjectReference() {}

    public static String text() {
        var page = new StringBuilder(HEAD);
        sections()
                .forEach((record, title) -> {
                    page.append("\n## ").append(title).append("\n\n");
                    table(page, record);
                });
        return page.toString();
    }

    /// Every record once, under the first key that holds it.
    private static Map<Class<?>, String> sections() {
        var sections = new LinkedHashMap<Class<?>, String>();
        sections.put(Project.class, "At the top");
        collect(Project.class, "", sections);
        return sections;
    }

    private static void collect(Class<?> record, String path, Map<Class<?>, String> sections) {
        for (var key : SettingKey.of(record)) {
            var section = key.section();
            if (section.isEmpty() || sections.containsKey(section.get())) {
                continue;
            }
            var isList = Types.raw(key.type()) == List.class;
            var full = path + key.key() + (isList ? "[]" : "");
            sections.put(section.get(), "`" + full + "`");
            collect(section.get(), full + ".", sections);
        }
    }

    private static void table(StringBuilder page, Class<?> record) {
        page.append("| key | value | default | what it does |\n|---|---|---|---|\n");
        for (var key : SettingKey.of(record)) {
            page.append("| `")
                    .append(key.key())
                    .append("` | ")
                    .append(value(key))
                    .append(" | ")
                    .append(fallback(key))
                    .append(" | ")
                    .append(cell(key.setting().means() + advice(key) + example(key)))
                    .append(" |\n");
        }
    }

    private static String value(SettingKey key) {
        return kind(key.type(), key.setting());
    }

    private static String kind(Type type, Setting setting) {
        var raw = Types.raw(type);
        if (raw == Optional.class) {
            return kind(Types.argument(type, 0), setting);
        }
        if (raw == List.class) {
            return "list: " + kind(Types.argument(type, 0), setting);
        }
        if (raw == Map.class) {
            boolean isOfInputs = Types.raw(Types.argument(type, 0)) == ValueSettings.Input.class;
            return (isOfInputs ? "input: " : "approach: ") + kind(Types.argument(type, 1), setting);
        }
        if (raw == Dimension.class) {
            return "list of values, or range";
        }
        if (raw == TaskPrompt.class) {
            return "section, id of a version, or `promoted`";
        }
        if (raw.isRecord()) {
            return "section";
        }
        if (Wire.isChoice(raw)) {
            return cell(String.join(" \\| ", code(Wire.values(raw))));
        }
        var range = Range.of(setting);
        return word(raw, setting) + (range.isEmpty() ? "" : ", " + range);
    }

    private static List<String> code(List<String> values) {
        return values.stream().map(value -> "`" + value + "`").toList();
    }

    private static String word(Class<?> raw, Setting setting) {
        return switch (raw.getName()) {
            case "int", "java.lang.Integer", "long", "java.lang.Long" -> "whole number";
            case "double", "java.lang.Double" -> "number";
            case "boolean", "java.lang.Boolean" -> "`true` or `false`";
            case "java.nio.file.Path" ->
                    setting.leads() == Setting.Leads.FOLDER ? "folder" : "file";
            default -> setting.rule().isEmpty() ? "text" : setting.rule();
        };
    }

    private static String fallback(SettingKey key) {
        if (key.isRequired()) {
            return "required";
        }
        var fallback = key.setting().fallback();
        return key.isOptional() || fallback.equals("{}") || fallback.equals("[]")
                ? "–"
                : "`" + fallback + "`";
    }

    private static String advice(SettingKey key) {
        var advice = key.setting().advice();
        return advice.isEmpty() || key.setting().means().contains(advice) ? "" : " " + advice;
    }

    private static String example(SettingKey key) {
        var example = key.setting().example();
        return example.isEmpty()
                        || example.contains("\n")
                        || example.equals(key.setting().fallback())
                ? ""
                : " Example: `" + example + "`.";
    }

    private static String cell(String text) {
        return text.replace("\n", " ");
    }
}
