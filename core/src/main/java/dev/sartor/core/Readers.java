package dev.sartor.core;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Who may read something, and whatever was made from it: every clause must contain one of the principal's names. No
/// clause at all admits everyone. Intersection therefore needs no knowledge of who is in which group.
public record Readers(Set<Set<String>> clauses) {
    private static final Readers EVERYONE = new Readers(Set.of());

    public Readers {
        var copies = new HashSet<Set<String>>();
        clauses.forEach(clause -> copies.add(Set.copyOf(clause)));
        clauses = Set.copyOf(copies);
    }

    public static Readers everyone() {
        return EVERYONE;
    }

    /// Whoever has at least one of these names.
    public static Readers anyOf(Collection<String> names) {
        return new Readers(Set.of(Set.copyOf(names)));
    }

    /// Whoever may read both.
    public Readers and(Readers other) {
        var both = new HashSet<>(clauses);
        both.addAll(other.clauses);
        return new Readers(both);
    }

    public boolean admit(Principal principal) {
        return clauses.stream()
                .allMatch(clause -> clause.stream().anyMatch(principal.names()::contains));
    }

    public boolean isEveryone() {
        return clauses.isEmpty();
    }
}
