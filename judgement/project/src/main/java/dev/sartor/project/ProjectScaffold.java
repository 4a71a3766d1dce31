package dev.sartor.project;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.project.setting.SettingKey;
import dev.sartor.project.yaml.Types;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A project to start from: every key with its comment, and a handful of rows that show the data's shape.
public final class ProjectScaffold {
    private static final int WIDTH = 100;

    /// What the first project says where a key's default or example would not do.
    private static final Map<String, String> VALUES =
            Map.of(
                    "approaches",
                    "[tfidf, nearest, linear, encoder, zero-shot, few-shot, tune]",
                    "tasks[].name",
                    "route",
                    "tasks[].instruction",
                    "Say which team the customer's message is for.",
                    "tasks[].labels",
                    "[billing, repair, other]",
                    "tasks[].train",
                    "data/train.jsonl",
                    "tasks[].validation",
                    "data/validation.jsonl",
                    "tasks[].test",
                    "data/test.jsonl");

    private ProjectScaffold() {}

    /// Writes the project into a folder that holds none.
    ///
    /// @return the files written
    public static List<Path> write(Path folder, String name) {
        var file = folder.resolve(Project.FILE);
        if (Files.exists(file)) {
            throw SartorException.user(
                    file
                            + " exists already: `sartor check` looks at it, or choose another folder.");
        }
        var written = new ArrayList<Path>();
        for (var rows : List.of("train", "validation", "test")) {
            var data = folder.resolve("data").resolve(rows + ".jsonl");
            if (!Files.exists(data)) {
                AtomicFile.publish(data, sample(rows));
                written.add(data);
            }
        }
        AtomicFile.publish(file, text(name));
        written.add(file);
        return written;
    }

    static String text(String name) {
        var out = new StringBuilder();
        out.append(
                "# What to do, with which data and models, and what it may cost. Check it: sartor check\n");
        section(out, Project.class, "", "", "name", quoted(name));
        return out.toString();
    }

    private static void section(
            StringBuilder out,
            Class<?> record,
            String path,
            String indent,
            String replaced,
            String by) {
        for (var key : SettingKey.of(record)) {
            var full = path + key.key();
            if (indent.isEmpty()) {
                out.append('\n');
            }
            comment(out, key.setting().means(), indent);
            if (full.equals(replaced)) {
                out.append(indent).append(key.key()).append(": ").append(by).append('\n');
            } else {
                entry(out, key, full, indent);
            }
        }
    }

    private static void entry(StringBuilder out, SettingKey key, String full, String indent) {
        var isNested = indent.length() > 2;
        var raw = Types.raw(key.type());
        if (VALUES.containsKey(full)) {
            out.append(indent).append(key.key()).append(": ").append(VALUES.get(full)).append('\n');
        } else if (raw.isRecord() && !isNested && !full.startsWith("tasks[]")) {
            out.append(indent).append(key.key()).append(":\n");
            section(out, raw, full + ".", indent + "  ", "", "");
        } else if (raw == List.class && full.equals("tasks")) {
            out.append(key.key()).append(":\n");
            list(out, key.section().orElseThrow(), full);
        } else {
            plain(out, key, indent);
        }
    }

    private static void list(StringBuilder out, Class<?> record, String full) {
        var start = out.length();
        section(out, record, full + "[].", "    ", "", "");
        out.replace(start, start + 4, "  - ");
    }

    private static void plain(StringBuilder out, SettingKey key, String indent) {
        var setting = key.setting();
        var isCommented =
                key.isOptional()
                        || setting.fallback().equals("{}")
                        || setting.fallback().equals("[]");
        var value =
                isCommented || setting.fallback().isEmpty()
                        ? setting.example()
                        : setting.fallback();
        var mark = isCommented ? "# " : "";
        var lines = (key.key() + ": " + value).replaceAll(": \n", ":\n").split("\n", -1);
        for (var line : lines) {
            out.append(indent).append(mark).append(line).append('\n');
        }
    }

    private static void comment(StringBuilder out, String text, String indent) {
        var line = new StringBuilder(indent + "#");
        for (var word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                out.append(line).append('\n');
                line = new StringBuilder(indent + "#");
            }
            line.append(' ').append(word);
        }
        out.append(line).append('\n');
    }

    private static String quoted(String name) {
        return "'" + name.replace("'", "''") + "'";
    }

    private static String sample(String rows) {
        var resource = "scaffold/" + rows + ".jsonl";
        try (var in = ProjectScaffold.class.getResourceAsStream(resource)) {
            return new String(
                    Optional.ofNullable(in)
                            .orElseThrow(() -> SartorException.defect("no resource " + resource))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw SartorException.defect("cannot read the resource " + resource, e);
        }
    }
}
