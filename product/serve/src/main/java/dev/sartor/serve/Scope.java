package dev.sartor.serve;

import dev.sartor.core.SartorException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a key is for. Whoever may read a thing still needs a key that is for the use of it.
public enum Scope {
    /// `/v1/chat/completions`.
    INFER,
    /// `/v1/embeddings`.
    EMBED,
    /// Answers from an index, with its passages: models named `MODEL/INDEX`.
    SEARCH,
    /// Trainings, and adapters under one's own name.
    TUNE,
    /// Keys and what others may use, such as anybody's adapters.
    ADMIN,
    /// `/metrics`.
    METRICS;

    private static final Set<Scope> ALL = Collections.unmodifiableSet(EnumSet.allOf(Scope.class));
    private static final Set<Scope> USUAL =
            Collections.unmodifiableSet(EnumSet.of(INFER, EMBED, SEARCH, METRICS));

    /// What a key is for that names nothing.
    public static Set<Scope> usual() {
        return USUAL;
    }

    public static Set<Scope> all() {
        return ALL;
    }

    /// As it is written in files and on the command line.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws SartorException a user's error where there is none of a name, or no name at all
    public static Set<Scope> of(Collection<?> names) {
        var known = Arrays.stream(values()).map(Scope::text).toList();
        var scopes = EnumSet.noneOf(Scope.class);
        for (var name : names) {
            int at = known.indexOf(String.valueOf(name));
            if (at < 0) {
                throw SartorException.user(
                        "scopes must be of "
                                + String.join(", ", known)
                                + ", got '"
                                + name
                                + "': name some of these, or leave them out for "
                                + USUAL.stream()
                                        .map(Scope::text)
                                        .collect(Collectors.joining(", ")));
            }
            scopes.add(values()[at]);
        }
        if (scopes.isEmpty()) {
            throw SartorException.user(
                    "scopes must name at least one of "
                            + String.join(", ", known)
                            + ": leave them out for the usual ones");
        }
        return Collections.unmodifiableSet(scopes);
    }
}
