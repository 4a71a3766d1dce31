package dev.sartor.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who is asking. Names of the user and of groups share one space: `user:ann`, `group:sales`, `tenant:acme`.
public record Principal(Set<String> names) {
    private static final String TENANT = "tenant:";
    private static final Principal LOCAL = new Principal(Set.of("local"));

    public Principal {
        names = Set.copyOf(names);
        for (var name : names) {
            Problems.refuseUnless(
                    !name.isBlank() && !name.startsWith("!"),
                    "a principal's name",
                    "a word without `!` in front, which stands for a denial in a rule",
                    name,
                    "rename the user or group");
        }
    }

    /// A user, with the groups and the tenant that are his; somebody of a group or a tenant where no user is named.
    ///
    /// @param groups without `group:` in front
    public static Principal of(
            Optional<String> user, Collection<String> groups, Optional<String> tenant) {
        var names = new HashSet<String>();
        user.ifPresent(name -> names.add("user:" + name));
        groups.forEach(name -> names.add("group:" + name));
        tenant.ifPresent(name -> names.add(TENANT + name));
        return new Principal(names);
    }

    /// The tenant that it is of, without `tenant:` in front; the first in alphabetical order where it is of several.
    public Optional<String> tenant() {
        return names.stream()
                .filter(name -> name.startsWith(TENANT))
                .min(Comparator.naturalOrder())
                .map(name -> name.substring(TENANT.length()));
    }

    /// In alphabetical order.
    public List<String> sorted() {
        return names.stream().sorted().toList();
    }

    /// The person at this machine's keyboard.
    public static Principal local() {
        return LOCAL;
    }
}
