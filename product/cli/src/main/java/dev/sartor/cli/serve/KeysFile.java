package dev.sartor.cli.serve;

import dev.sartor.core.Principal;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.documents.access.AccessYaml;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Callers' keys and who holds each: YAML (of which JSON is a part) with `keys`, a list of `sha256` (of the key, which
/// stands in no file), `user`, `groups`, `tenant` and `scopes`.
final class KeysFile {
    private static final Set<String> KNOWN = Set.of("sha256", "user", "groups", "tenant", "scopes");

    private final Path file;
    private final String text;
    private final Problems problems = new Problems();
    private final Set<String> digests = new HashSet<>();

    private KeysFile(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /// What a text says.
    ///
    /// @param problems what is wrong with it; where there are any, none of the keys may count
    public record Content(List<ApiKey> keys, Problems problems) {}

    static Content content(Path file, String text) {
        var reading = new KeysFile(file, text);
        return new Content(reading.keys(), reading.problems);
    }

    /// @throws SartorException where there is no file that can be read, now and again
    static String text(Path file) {
        var problems = new Problems();
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            problems.add(
                    file.toString(), "is no file that can be read; --keys names a file of keys.");
            problems.throwIfAny();
        }
        var text = AccessYaml.text(file, problems);
        problems.throwIfAny();
        return text.orElse("");
    }

    private List<ApiKey> keys() {
        var keys = new ArrayList<ApiKey>();
        if (AccessYaml.keys(file, text, Set.of("keys"), problems).get("keys")
                        instanceof Collection<?> all
                && !all.isEmpty()) {
            int number = 0;
            for (var each : all) {
                number++;
                key(each instanceof Map<?, ?> fields ? fields : Map.of(), file + ": key " + number)
                        .ifPresent(keys::add);
            }
        } else if (problems.isEmpty()) {
            problems.add(
                    file.toString(),
                    "must hold `keys:`, a list of keys, each with sha256, user, groups and tenant.");
        }
        return keys;
    }

    private Optional<ApiKey> key(Map<?, ?> fields, String where) {
        AccessYaml.unknown(fields, KNOWN, where, problems);
        var names = names(fields, where);
        var digest = fields.get("sha256") instanceof String text ? text : "";
        if (!digests.add(digest)) {
            problems.add(where, "has the same sha256 as one before: each holder needs a key.");
        }
        try {
            return Optional.of(
                    ApiKey.ofDigest(digest, new Principal(names)).withScopes(scopes(fields)));
        } catch (SartorException e) {
            problems.add(where, e.getMessage() + ".");
            return Optional.empty();
        }
    }

    private Set<String> names(Map<?, ?> fields, String where) {
        var names = new HashSet<String>();
        name(fields, "user", where).ifPresent(user -> names.add("user:" + user));
        if (fields.get("groups") instanceof Collection<?> groups) {
            groups.forEach(group -> names.add("group:" + group));
            if (groups.stream().anyMatch(group -> group == null || group.toString().isBlank())) {
                problems.add(where, "groups must hold names, got " + groups + ": one is blank.");
            }
        } else if (fields.containsKey("groups")) {
            problems.add(where, "groups must be a list, such as [sales, support].");
        }
        name(fields, "tenant", where).ifPresent(tenant -> names.add("tenant:" + tenant));
        if (names.isEmpty()) {
            problems.add(
                    where, "must name its holder: a user, groups, a tenant, or several of these.");
        }
        return names;
    }

    private static Set<Scope> scopes(Map<?, ?> fields) {
        if (!fields.containsKey("scopes")) {
            return Scope.usual();
        }
        return Scope.of(fields.get("scopes") instanceof Collection<?> names ? names : List.of());
    }

    /// Empty where the key is not there, and with a problem where its value is no name.
    private Optional<String> name(Map<?, ?> fields, String key, String where) {
        if (!fields.containsKey(key)) {
            return Optional.empty();
        }
        if (fields.get(key) instanceof String name && !name.isBlank()) {
            return Optional.of(name);
        }
        problems.add(
                where,
                key
                        + " must be a name, got "
                        + fields.get(key)
                        + ": write one, in quotes where it is a number, or leave the key out.");
        return Optional.empty();
    }
}
