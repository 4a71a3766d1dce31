package dev.sartor.project;

import dev.sartor.core.Json;
import dev.sartor.project.setting.NamedPrompt;
import dev.sartor.project.setting.SearchSpace;
import dev.sartor.project.setting.SettingKey;
import dev.sartor.project.setting.TaskPrompt;
import dev.sartor.project.setting.Wire;
import dev.sartor.project.yaml.Setting;
import dev.sartor.project.yaml.Types;
import dev.sartor.tune.trainer.Dimension;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Schema (2020-12) of `sartor.yaml`, for editors: completion, hints and checks while typing.
public final class ProjectSchema {
    private ProjectSchema() {}

    public static String text() {
        var schema = object();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", Project.FILE);
        fill(schema, Project.class);
        return Json.pretty(schema) + "\n";
    }

    private static void fill(ObjectNode schema, Class<?> record) {
        schema.put("type", "object");
        var properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (var key : SettingKey.of(record)) {
            properties.set(key.key(), property(key));
            if (key.isRequired()) {
                required.add(key.key());
            }
        }
        schema.put("additionalProperties", false);
    }

    private static ObjectNode property(SettingKey key) {
        var schema =
                Types.raw(Types.element(key.type())) == Dimension.class
                        ? varied(SearchSpace.varied(key.key()))
                        : of(key.type(), key.setting());
        schema.put("description", key.setting().means());
        if (!key.setting().fallback().isEmpty() && key.section().isEmpty()) {
            schema.set("default", Json.mapper().valueToTree(plain(key.setting().fallback())));
        }
        if (!key.setting().example().isEmpty()) {
            schema.putArray("examples")
                    .add(Json.mapper().valueToTree(plain(key.setting().example())));
        }
        return schema;
    }

    /// A list of the setting's values or, of numbers, a range.
    private static ObjectNode varied(SettingKey setting) {
        var schema = object();
        var forms = schema.putArray("anyOf");
        var list = forms.addObject();
        list.put("type", "array").put("minItems", 2).put("uniqueItems", true);
        list.set("items", of(setting.type(), setting.setting()));
        if (SearchSpace.isNumber(setting)) {
            var range = forms.addObject();
            range.put("type", "object");
            var properties = range.putObject("properties");
            properties.set(SearchSpace.FROM, of(setting.type(), setting.setting()));
            properties.set(SearchSpace.TO, of(setting.type(), setting.setting()));
            var scales = properties.putObject(SearchSpace.SCALE).putArray("enum");
            Wire.values(SearchSpace.Scale.class).forEach(scales::add);
            range.putArray("required").add(SearchSpace.FROM).add(SearchSpace.TO);
            range.put("additionalProperties", false);
        }
        return schema;
    }

    private static ObjectNode of(Type type, Setting setting) {
        var raw = Types.raw(type);
        var schema = object();
        if (raw == Optional.class) {
            return of(Types.argument(type, 0), setting);
        }
        if (raw == List.class) {
            schema.put("type", "array");
            schema.set("items", of(Types.argument(type, 0), setting));
        } else if (raw == Map.class) {
            var keys = Wire.values(Types.raw(Types.argument(type, 0)));
            schema.put("type", "object");
            var properties = schema.putObject("properties");
            keys.forEach(key -> properties.set(key, of(Types.argument(type, 1), setting)));
            schema.put("additionalProperties", false);
        } else if (raw == TaskPrompt.class) {
            var forms = schema.putArray("anyOf");
            // YAML reads an id of digits alone as a number.
            var named = forms.addObject();
            named.putArray("type").add("string").add("number");
            named.put("pattern", "^(?:" + NamedPrompt.PROMOTED + "|[0-9a-f]{12})$");
            fill(forms.addObject(), TaskPrompt.section());
        } else if (raw.isRecord()) {
            fill(schema, raw);
        } else {
            scalar(schema, raw, setting);
        }
        return schema;
    }

    private static void scalar(ObjectNode schema, Class<?> raw, Setting setting) {
        if (Wire.isChoice(raw)) {
            var values = schema.putArray("enum");
            Wire.values(raw).forEach(values::add);
            return;
        }
        var type = jsonType(raw);
        if (type.equals("string")) {
            // YAML reads `label: 7` as a number; here every scalar is a text.
            schema.putArray("type").add("string").add("number").add("boolean");
            if (!setting.pattern().isEmpty()) {
                schema.put("pattern", "^(?:" + setting.pattern() + ")$");
            }
            return;
        }
        schema.put("type", type);
        if (setting.least() != Double.NEGATIVE_INFINITY) {
            schema.put(setting.above() ? "exclusiveMinimum" : "minimum", setting.least());
        }
        if (setting.most() != Double.POSITIVE_INFINITY) {
            schema.put("maximum", setting.most());
        }
    }

    private static String jsonType(Class<?> raw) {
        return switch (raw.getName()) {
            case "int", "java.lang.Integer", "long", "java.lang.Long" -> "integer";
            case "double", "java.lang.Double" -> "number";
            case "boolean", "java.lang.Boolean" -> "boolean";
            default -> "string";
        };
    }

    private static Object plain(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }
}
