package dev.sartor.template.value;

import dev.sartor.core.Message;
import dev.sartor.core.SartorException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Turns variables into values. Strings are data, but for {@link Trusted} ones and the names of roles.
public final class Conversion {
    /// Templates build control tokens from these, such as `<|user|>`; a role of another name is data.
    private static final Set<String> ROLES =
            Set.of(
                    "system",
                    "developer",
                    "user",
                    "assistant",
                    "model",
                    "tool",
                    "function",
                    "ipython");

    private static final int DEEPEST = 200;

    private Conversion() {}

    public static Value value(@Nullable Object object) {
        return value(object, 0);
    }

    private static Value value(@Nullable Object object, int depth) {
        if (depth > DEEPEST) {
            throw new Fault(
                    "a variable has more than " + DEEPEST + " lists or mappings in each other");
        }
        return switch (object) {
            case null -> Value.None.NONE;
            case JsonNode node -> json(node, depth);
            case Trusted trusted -> Text.own(trusted.text());
            case CharSequence text -> Text.data(text.toString());
            case Boolean bool -> Value.Bool.of(bool);
            case BigInteger number -> new Value.Int(number);
            case Byte number -> Value.Int.of(number);
            case Short number -> Value.Int.of(number);
            case Integer number -> Value.Int.of(number);
            case Long number -> Value.Int.of(number);
            case BigDecimal number -> new Value.Real(number.doubleValue());
            case Float number -> new Value.Real(number);
            case Double number -> new Value.Real(number);
            case Message message -> message(message);
            case Map<?, ?> map -> mapping(map, depth);
            case Collection<?> values -> list(values, depth);
            default ->
                    throw SartorException.defect(
                            "a template variable has the type " + object.getClass().getName());
        };
    }

    private static Value message(Message message) {
        return new Dict(
                List.of(
                        new Dict.Entry(Text.own("role"), Text.own(message.role().wireName())),
                        new Dict.Entry(Text.own("content"), Text.data(message.content()))));
    }

    private static Value list(Collection<?> values, int depth) {
        List<Value> all = new ArrayList<>(values.size());
        values.forEach(value -> all.add(value(value, depth + 1)));
        return Items.list(all);
    }

    private static Value mapping(Map<?, ?> map, int depth) {
        List<Dict.Entry> entries = new ArrayList<>(map.size());
        map.forEach(
                (key, value) -> entries.add(entry(value(key, depth + 1), value(value, depth + 1))));
        return new Dict(entries);
    }

    private static Dict.Entry entry(Value key, Value value) {
        boolean isRole =
                key instanceof Text name
                        && name.string().equals("role")
                        && value instanceof Text role
                        && ROLES.contains(role.string());
        return new Dict.Entry(key, isRole ? Text.own(((Text) value).string()) : value);
    }

    private static Value json(JsonNode node, int depth) {
        return switch (node.getNodeType()) {
            case STRING -> Text.data(node.asString());
            case BOOLEAN -> Value.Bool.of(node.booleanValue());
            case NUMBER ->
                    node.isIntegralNumber()
                            ? new Value.Int(node.bigIntegerValue())
                            : new Value.Real(node.doubleValue());
            case ARRAY -> list(node.valueStream().toList(), depth);
            case OBJECT -> {
                List<Dict.Entry> entries = new ArrayList<>(node.size());
                node.properties()
                        .forEach(property ->
                                entries.add(
                                        entry(
                                                Text.data(property.getKey()),
                                                value(property.getValue(), depth + 1))));
                yield new Dict(entries);
            }
            case NULL, MISSING -> Value.None.NONE;
            case BINARY, POJO ->
                    throw SartorException.defect(
                            "a template variable has JSON of the type " + node.getNodeType());
        };
    }
}
