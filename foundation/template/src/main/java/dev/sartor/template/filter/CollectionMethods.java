package dev.sartor.template.filter;

import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Comparison;
import dev.sartor.template.value.Dict;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Function;
import dev.sartor.template.value.Items;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The methods of mappings, lists and tuples, but for those that change them.
final class CollectionMethods {
    /// What a method of a mapping does.
    private interface DictMethod {
        Value call(Run run, Dict dict, Arguments arguments);
    }

    private static final Map<String, DictMethod> OF_DICT =
            Map.of(
                    "get", (_, dict, arguments) -> get(dict, arguments),
                    "items", (run, dict, _) -> view(run, Items.Kind.PAIRS, dict.pairs()),
                    "keys", (run, dict, _) -> view(run, Items.Kind.KEYS, dict.keys()),
                    "values", (run, dict, _) -> view(run, Items.Kind.VALUES, dict.values()),
                    "copy", (_, dict, _) -> dict);

    private CollectionMethods() {}

    static Optional<Value> bound(Dict dict, String name) {
        return Optional.ofNullable(OF_DICT.get(name))
                .map(method ->
                        new Function(name, (run, arguments) -> method.call(run, dict, arguments)));
    }

    private static Value get(Dict dict, Arguments arguments) {
        var bound = arguments.bind("get", "key", "default");
        return dict.get(bound.required(0)).or(() -> bound.at(1)).orElse(Value.None.NONE);
    }

    private static Value view(Run run, Items.Kind kind, List<Value> values) {
        run.charge(values.size());
        return new Items(kind, values);
    }

    static Optional<Value> bound(Items items, String name) {
        if (!items.kind().isSequence()) {
            return Optional.empty();
        }
        return switch (name) {
            case "index" ->
                    Optional.of(new Function(name, (run, given) -> index(run, items, given)));
            case "count" ->
                    Optional.of(new Function(name, (run, given) -> count(run, items, given)));
            case "copy" -> Optional.of(new Function(name, (_, _) -> items));
            case "grouper" -> part(items, 0);
            case "list" -> part(items, 1);
            default -> Optional.empty();
        };
    }

    private static Optional<Value> part(Items items, int index) {
        return items.kind() == Items.Kind.GROUP
                ? Optional.of(items.values().get(index))
                : Optional.empty();
    }

    private static Value index(Run run, Items items, Arguments arguments) {
        var wanted = arguments.bind("index", "value").required(0);
        for (int i = 0; i < items.size(); i++) {
            if (Comparison.equal(run, items.values().get(i), wanted)) {
                return Value.Int.of(i);
            }
        }
        throw new Fault("the value is not in the " + items.typeName());
    }

    private static Value count(Run run, Items items, Arguments arguments) {
        var wanted = arguments.bind("count", "value").required(0);
        return Value.Int.of(
                items.values().stream().filter(v -> Comparison.equal(run, v, wanted)).count());
    }
}
