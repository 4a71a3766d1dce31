package dev.sartor.template.filter;

import dev.sartor.template.value.Dict;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Function;
import dev.sartor.template.value.Items;
import dev.sartor.template.value.Loop;
import dev.sartor.template.value.Namespace;
import dev.sartor.template.value.Numbers;
import dev.sartor.template.value.OneShot;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Sequences;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.Value;
import java.util.Locale;
import java.util.Optional;

/// `value.name` and `value[key]`.
public final class Members {
    private Members() {}

    /// The attribute, else the item of that name.
    public static Value attribute(Run run, Value subject, String name) {
        return ownAttribute(run, subject, name)
                .or(() -> ownItem(run, subject, Text.own(name)))
                .orElseGet(() -> Value.Undefined.member(subject, name));
    }

    /// The item, else the attribute of that name.
    public static Value item(Run run, Value subject, Value key) {
        var found = ownItem(run, subject, key);
        if (found.isEmpty() && key instanceof Text name) {
            found = ownAttribute(run, subject, name.string());
        }
        return found.orElseGet(() -> missing(run, subject, key));
    }

    private static Value missing(Run run, Value subject, Value key) {
        return key instanceof Text name
                ? Value.Undefined.member(subject, name.string())
                : new Value.Undefined(
                        String.format(
                                Locale.ROOT,
                                "'%s' has no item %s",
                                subject.typeName(),
                                run.text(key)));
    }

    /// The attribute alone: a method, or what a namespace or loop holds.
    static Optional<Value> ownAttribute(Run run, Value subject, String name) {
        return switch (subject) {
            case Value.Undefined undefined -> throw new Fault(undefined.message());
            case Namespace namespace -> namespace.get(name);
            case Loop loop -> Optional.of(loop.attribute(run, name));
            case Text text -> TextMethods.bound(text, name);
            case Dict dict -> CollectionMethods.bound(dict, name);
            case Items items -> CollectionMethods.bound(items, name);
            case Function function -> function.members().get(name);
            case Value.Int _, Value.Bool _, Value.Real _ -> NumberMethods.bound(subject, name);
            case Value.None _, OneShot _ -> Optional.empty();
        };
    }

    private static Optional<Value> ownItem(Run run, Value subject, Value key) {
        return switch (subject) {
            case Value.Undefined undefined -> throw new Fault(undefined.message());
            case Dict dict -> {
                run.chargeWalk(key);
                yield isHashable(key) ? dict.get(key) : Optional.empty();
            }
            case Items _, Text _ ->
                    Numbers.number(key)
                            .filter(Value.Int.class::isInstance)
                            .flatMap(index -> Sequences.at(subject, ((Value.Int) index).clamped()));
            case Value.Int _,
                    Value.Real _,
                    Value.Bool _,
                    Value.None _,
                    Namespace _,
                    Loop _,
                    OneShot _,
                    Function _ ->
                    Optional.empty();
        };
    }

    private static boolean isHashable(Value key) {
        return !(key instanceof Dict)
                && !(key instanceof Items items && !items.kind().isHashable());
    }
}
