package dev.sartor.project.setting;

import dev.sartor.core.text.Nearest;
import dev.sartor.project.yaml.FileProblems;
import dev.sartor.project.yaml.Range;
import dev.sartor.project.yaml.Setting;
import dev.sartor.project.yaml.Setting.Leads;
import dev.sartor.project.yaml.YamlSource;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads single values, and says what is wrong with the others.
final class Scalars {
    private final Path folder;
    private final FileProblems problems;

    /// @param folder what paths are relative to
    Scalars(Path folder, FileProblems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    Optional<Object> read(Node node, Class<?> type, Setting setting, String path) {
        if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
            return refuse(node, path + " must be " + wanted(type) + advice(setting));
        }
        return switch (type.getName()) {
            case "java.lang.String" -> text(scalar, setting, path);
            case "int", "java.lang.Integer" -> whole(scalar, setting, path).map(Math::toIntExact);
            case "long", "java.lang.Long" -> whole(scalar, setting, path).map(each -> each);
            case "double", "java.lang.Double" -> number(scalar, setting, path);
            case "boolean", "java.lang.Boolean" -> truth(scalar, setting, path);
            case "java.nio.file.Path" -> path(scalar, setting, path);
            default -> constant(scalar, type, path);
        };
    }

    private Optional<Object> text(ScalarNode node, Setting setting, String path) {
        var value = node.getValue();
        if (value.isBlank()) {
            return refuse(node, path + " must not be empty." + advice(setting));
        }
        if (!setting.pattern().isEmpty() && !Pattern.matches(setting.pattern(), value)) {
            return refuse(node, mustBe(path, setting.rule(), value, setting));
        }
        return Optional.of(value);
    }

    private Optional<Long> whole(ScalarNode node, Setting setting, String path) {
        try {
            var value = Long.parseLong(node.getValue().replace("_", ""));
            if (isWithin((double) value, setting)) {
                return Optional.of(value);
            }
        } catch (NumberFormatException e) {
            problems.add(
                    YamlSource.line(node),
                    path
                            + " must be a whole number, got '"
                            + node.getValue()
                            + "'."
                            + advice(setting));
            return Optional.empty();
        }
        outside(node, setting, path);
        return Optional.empty();
    }

    private Optional<Object> number(ScalarNode node, Setting setting, String path) {
        try {
            var value = Double.parseDouble(node.getValue().replace("_", ""));
            if (Double.isFinite(value) && isWithin(value, setting)) {
                return Optional.of(value);
            }
        } catch (NumberFormatException e) {
            return refuse(
                    node,
                    path + " must be a number, got '" + node.getValue() + "'." + advice(setting));
        }
        outside(node, setting, path);
        return Optional.empty();
    }

    private Optional<Object> truth(ScalarNode node, Setting setting, String path) {
        return switch (node.getValue()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> refuse(node, mustBe(path, "true or false", node.getValue(), setting));
        };
    }

    private Optional<Object> path(ScalarNode node, Setting setting, String path) {
        var value = node.getValue();
        try {
            var file = folder.resolve(value).normalize();
            if (setting.leads() == Leads.FOLDER
                    ? Files.isDirectory(file)
                    : Files.isReadable(file)) {
                return Optional.of(file);
            }
        } catch (InvalidPathException e) {
            return refuse(node, path + " must be a path, got '" + value + "'.");
        }
        var kind = setting.leads() == Leads.FOLDER ? "folder" : "file";
        return refuse(
                node,
                path
                        + ": there is no readable "
                        + kind
                        + " '"
                        + value
                        + "'. Paths are relative to the project's folder.");
    }

    private Optional<Object> constant(ScalarNode node, Class<?> type, String path) {
        for (var constant : Wire.choices(type)) {
            if (Wire.choice(constant).equals(node.getValue())) {
                return Optional.of(constant);
            }
        }
        int dot = path.lastIndexOf('.');
        var renamed =
                RenamedKeys.value(
                        path.substring(0, Math.max(0, dot)),
                        path.substring(dot + 1),
                        node.getValue());
        if (renamed.isPresent()) {
            return refuse(
                    node,
                    path
                            + ": '"
                            + node.getValue()
                            + "' is renamed to '"
                            + renamed.get()
                            + "': run "
                            + RenamedKeys.COMMAND
                            + ".");
        }
        return refuse(
                node,
                path
                        + ": '"
                        + node.getValue()
                        + "' is none of its values."
                        + Nearest.advice(node.getValue(), Wire.values(type)));
    }

    private static boolean isWithin(double value, Setting setting) {
        return (setting.above() ? value > setting.least() : value >= setting.least())
                && value <= setting.most();
    }

    private void outside(ScalarNode node, Setting setting, String path) {
        problems.add(
                YamlSource.line(node), mustBe(path, Range.of(setting), node.getValue(), setting));
    }

    private Optional<Object> refuse(Node node, String what) {
        problems.add(YamlSource.line(node), what);
        return Optional.empty();
    }

    private static String mustBe(String path, String rule, String value, Setting setting) {
        var got = setting.secret() ? "" : ", got " + value;
        return path + " must be " + rule + got + "." + advice(setting);
    }

    static String advice(Setting setting) {
        return setting.advice().isEmpty() ? "" : " " + setting.advice();
    }

    static String wanted(Class<?> type) {
        return switch (type.getName()) {
            case "java.lang.String" -> "a text.";
            case "int", "java.lang.Integer", "long", "java.lang.Long" -> "a whole number.";
            case "double", "java.lang.Double" -> "a number.";
            case "boolean", "java.lang.Boolean" -> "true or false.";
            case "java.nio.file.Path" -> "a path.";
            default -> "one of " + String.join(", ", Wire.values(type)) + ".";
        };
    }
}
