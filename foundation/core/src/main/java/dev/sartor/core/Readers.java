package dev.sartor.core;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who may read something, and whatever was made from it: every clause must hold. A clause holds where the principal has
/// one of its names, or lacks one that stands in it with a `!` in front. No clause at all admits everyone. Intersection
/// therefore needs no knowledge of who is in which group.
public record Readers(Set<Set<String>> clauses) {
    /// Stands for all where rules are written.
    public static final String EVERYONE_WRITTEN = "everyone";

    private static final Pattern NAME = Pattern.compile("(?:user|group|tenant):\\S.*|local");
    private static final String NOT = "!";
    private static final Readers EVERYONE = new Readers(Set.of());
    private static final Readers NOBODY = new Readers(Set.of(Set.of()));

    public Readers {
        var copies = new HashSet<Set<String>>();
        clauses.forEach(clause -> copies.add(Set.copyOf(clause)));
        clauses = Set.copyOf(copies);
    }

    public static Readers everyone() {
        return EVERYONE;
    }

    public static Readers nobody() {
        return NOBODY;
    }

    /// Whoever has at least one of these names.
    public static Readers anyOf(Collection<String> names) {
        return new Readers(Set.of(Set.copyOf(names)));
    }

    /// Whether rules may be written with it: `user:ann`, `group:sales`, `tenant:acme`, `local`, or `everyone`.
    public static boolean isName(String text) {
        return text.equals(EVERYONE_WRITTEN) || NAME.matcher(text).matches();
    }

    /// As rules are written: `everyone` among the names is all, and without any name it is nobody.
    public static Readers named(Collection<String> names) {
        return names.contains(EVERYONE_WRITTEN) ? everyone() : anyOf(names);
    }

    /// Whoever has none of these names.
    public static Readers noneOf(Collection<String> names) {
        return new Readers(
                names.stream().map(name -> Set.of(NOT + name)).collect(Collectors.toSet()));
    }

    /// Whoever may read all of these.
    public static Readers ofAll(Stream<Readers> several) {
        return several.reduce(EVERYONE, Readers::and);
    }

    /// Whoever may read both.
    public Readers and(Readers other) {
        var both = new HashSet<>(clauses);
        both.addAll(other.clauses);
        return new Readers(both);
    }

    /// Whoever has one of the names of `some`, or lacks one of `others`, besides what is asked already.
    public Readers andAnyOrLacking(Collection<String> some, Collection<String> others) {
        var clause = new HashSet<>(some);
        others.forEach(name -> clause.add(NOT + name));
        return and(new Readers(Set.of(clause)));
    }

    public boolean admit(Principal principal) {
        return clauses.stream()
                .allMatch(clause -> clause.stream().anyMatch(name -> holds(name, principal)));
    }

    private static boolean holds(String name, Principal principal) {
        return name.startsWith(NOT)
                ? !principal.names().contains(name.substring(NOT.length()))
                : principal.names().contains(name);
    }

    /// Clauses and names in alphabetical order, as they are stored.
    public List<List<String>> sorted() {
        return clauses.stream()
                .map(clause -> clause.stream().sorted().toList())
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .toList();
    }

    /// Whether whoever may read this may read the other, too, as all that is asked there is asked here. False does not say that somebody
    /// may not: clauses are compared as they stand.
    public boolean includes(Readers other) {
        return clauses.containsAll(other.clauses);
    }

    /// Whom it speaks of, those whom it shuts out among them.
    public Set<String> names() {
        return clauses.stream()
                .flatMap(Set::stream)
                .map(name -> name.startsWith(NOT) ? name.substring(NOT.length()) : name)
                .collect(Collectors.toSet());
    }

    public boolean isEveryone() {
        return clauses.isEmpty();
    }
}
