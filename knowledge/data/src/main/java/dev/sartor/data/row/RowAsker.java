package dev.sartor.data.row;

import dev.sartor.core.Principal;
import dev.sartor.core.text.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/// Who would ask a row's question, by a field of it. A row without the field is asked by nobody in particular, as is one that says
/// `local`; one whose field is blank does not say who asks, and is refused.
public final class RowAsker {
    private static final String LOCAL = "local";
    private static final List<String> KEYS = List.of("user", "groups", "tenant");

    private final Row row;
    private final String field;

    private RowAsker(Row row, String field) {
        this.row = row;
        this.field = field;
    }

    /// Names in a list, or in one text with `;` between them as CSV needs it: `user:ann`, `group:sales`, `tenant:acme`, of which a bare
    /// name is the user's. Or an object with `user`, `groups` and `tenant`, as the options `--as`, `--groups` and `--tenant` name them.
    public static Optional<Principal> of(Row row, String field) {
        return row.has(field) ? new RowAsker(row, field).read() : Optional.empty();
    }

    private Optional<Principal> read() {
        var node = row.value(field).orElse(NullNode.getInstance());
        if (node.isObject()) {
            return ofObject(node);
        }
        var names = new ArrayList<String>();
        if (node.isArray()) {
            node.forEach(name -> names.add(text(name)));
        } else {
            Stream.of(text(node).split(";", -1)).forEach(names::add);
        }
        return ofNames(names.stream().map(String::strip).toList());
    }

    private Optional<Principal> ofNames(List<String> names) {
        if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
            return nobodyNamed();
        }
        if (names.equals(List.of(LOCAL))) {
            return Optional.empty();
        }
        var whole = new HashSet<String>();
        for (var name : names) {
            var problem = problem(name);
            if (problem.isPresent()) {
                row.problem(problem.get());
                return Optional.empty();
            }
            whole.add(name.contains(":") ? name : "user:" + name);
        }
        return principal(whole);
    }

    private Optional<String> problem(String name) {
        var kinds = Set.of("user", "group", "tenant");
        var kind = name.contains(":") ? name.substring(0, name.indexOf(':')) : "user";
        if (name.equals("everyone") || name.equals(LOCAL)) {
            return Optional.of(
                    "'"
                            + field
                            + "' must name one who asks, got "
                            + Quoted.of(name)
                            + ": where nobody in particular does, write local alone, or leave the field out.");
        }
        if (name.startsWith("!") || !kinds.contains(kind) || name.endsWith(":")) {
            return Optional.of(
                    "'"
                            + field
                            + "' must hold names such as user:ann, group:sales or tenant:acme, got "
                            + Quoted.of(name)
                            + "."
                            + Nearest.hint(kind, kinds)
                            + (name.contains(":") && !kinds.contains(kind)
                                    ? " Where that is the user's name, write user: before it."
                                    : ""));
        }
        return Optional.empty();
    }

    private Optional<Principal> ofObject(JsonNode node) {
        var unknown = node.propertyNames().stream().filter(key -> !KEYS.contains(key)).findFirst();
        if (unknown.isPresent()) {
            row.problem(
                    String.format(
                            Locale.ROOT,
                            "'%s' has the unknown key %s; there are %s.%s",
                            field,
                            Quoted.of(unknown.get()),
                            String.join(", ", KEYS),
                            Nearest.hint(unknown.get(), KEYS)));
            return Optional.empty();
        }
        var user = one(node, "user");
        var tenant = one(node, "tenant");
        var groups = new ArrayList<String>();
        var given = node.path("groups");
        if (given.isArray()) {
            given.forEach(group -> groups.add(text(group)));
        } else if (node.hasNonNull("groups")) {
            groups.add("");
        }
        boolean isBlank =
                Stream.of(user.stream(), tenant.stream(), groups.stream())
                        .flatMap(each -> each)
                        .anyMatch(String::isBlank);
        if (isBlank || (user.isEmpty() && tenant.isEmpty() && groups.isEmpty())) {
            return nobodyNamed();
        }
        return principal(Principal.of(user, groups, tenant).names());
    }

    /// Blank where the value is no name.
    private static Optional<String> one(JsonNode node, String key) {
        return node.hasNonNull(key) ? Optional.of(text(node.path(key))) : Optional.empty();
    }

    /// Ids are often numbers.
    private static String text(JsonNode node) {
        if (node.isString()) {
            return node.stringValue().strip();
        }
        return node.isNumber() ? node.toString() : "";
    }

    private Optional<Principal> principal(Set<String> names) {
        return row.isSound() ? Optional.of(new Principal(names)) : Optional.empty();
    }

    private Optional<Principal> nobodyNamed() {
        row.problem(
                "'"
                        + field
                        + "' must name who asks, such as user:ann;group:sales, got nothing or a blank name. Where nobody in"
                        + " particular asks, write local, or leave the field out.");
        return Optional.empty();
    }
}
