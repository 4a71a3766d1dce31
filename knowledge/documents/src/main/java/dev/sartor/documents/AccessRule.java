package dev.sartor.documents;

import dev.sartor.core.Problems;
import dev.sartor.core.Readers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one place says of who may read.
///
/// @param readers empty where it says nothing of that, and what is said above holds
/// @param denied everyone but those who may not, whatever else is said
public record AccessRule(Optional<Readers> readers, Readers denied) {
    public static AccessRule silent() {
        return new AccessRule(Optional.empty(), Readers.everyone());
    }

    /// Of what cannot be understood: it may have denied anyone, which nothing that is said nearer takes back.
    public static AccessRule nobody() {
        return new AccessRule(Optional.of(Readers.nobody()), Readers.nobody());
    }

    /// @param keys `readers` and `deny`, each a name or a list of names
    public static AccessRule of(Map<?, ?> keys, String where, Problems problems) {
        var readers = names(keys.get("readers"), "readers", where, problems);
        var deny = names(keys.get("deny"), "deny", where, problems);
        if (deny.contains(Readers.EVERYONE_WRITTEN)) {
            problems.add(where, "deny must name users or groups; `readers: []` lets nobody read.");
        }
        if (!keys.containsKey("readers") && !keys.containsKey("deny")) {
            problems.add(where, "must name readers, or whom to deny.");
        }
        refuseBlank(keys, where, problems);
        return new AccessRule(
                keys.containsKey("readers")
                        ? Optional.of(Readers.named(readers))
                        : Optional.empty(),
                Readers.noneOf(deny));
    }

    /// A key whose value is missing says nothing, and may have been meant to deny.
    private static void refuseBlank(Map<?, ?> keys, String where, Problems problems) {
        for (var key : List.of("readers", "deny")) {
            if (keys.containsKey(key) && keys.get(key) == null) {
                problems.add(
                        where,
                        key
                                + " is blank: name users or groups, such as [group:sales], or write"
                                + " [] for nobody"
                                + (key.equals("readers") ? ", everyone for all." : "."));
            }
        }
    }

    private static List<String> names(
            @Nullable Object value, String key, String where, Problems problems) {
        var names = new ArrayList<String>();
        Collection<?> all =
                value == null
                        ? List.of()
                        : value instanceof Collection<?> many ? many : List.of(value);
        for (var name : all) {
            var text = String.valueOf(name);
            if (!Readers.isName(text)) {
                problems.add(
                        where,
                        key
                                + " must hold names such as user:ann, group:sales, tenant:acme or"
                                + " everyone, got "
                                + text
                                + ".");
            }
            names.add(text);
        }
        return names;
    }

    /// With what is said nearer to the document: its readers take the place of these, whom either denies is denied.
    public AccessRule then(AccessRule nearer) {
        return new AccessRule(nearer.readers().or(() -> readers), denied.and(nearer.denied()));
    }
}
