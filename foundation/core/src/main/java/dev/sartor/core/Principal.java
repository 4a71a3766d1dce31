package dev.sartor.core;

import java.util.Set;

/// Who is asking. Names of the user and of groups share one space: `user:ann`, `group:sales`, `tenant:acme`.
public record Principal(Set<String> names) {
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

    /// The person at this machine's keyboard.
    public static Principal local() {
        return LOCAL;
    }
}
