package dev.sartor.state;

import dev.sartor.core.Problems;
import java.util.Locale;

/// Whose limits: a key's or a tenant's, or each's that has none of its own.
public record LimitSubject(Kind kind, String name) {
    private static final String EACH = "*";

    /// What is limited.
    public enum Kind {
        KEY,
        TENANT;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public LimitSubject {
        Problems.refuseUnless(
                !name.isBlank(),
                "the name of a " + kind.text(),
                "the id of a key, or the name of a tenant",
                name,
                "`sartor keys list` shows both");
    }

    public static LimitSubject key(String id) {
        return new LimitSubject(Kind.KEY, id);
    }

    public static LimitSubject tenant(String name) {
        return new LimitSubject(Kind.TENANT, name);
    }

    /// Every key, or every tenant, that has no limits of its own.
    public static LimitSubject each(Kind kind) {
        return new LimitSubject(kind, EACH);
    }

    boolean isEach() {
        return name.equals(EACH);
    }

    /// As messages say it.
    @Override
    public String toString() {
        return isEach() ? "each " + kind.text() : kind.text() + " " + name;
    }
}
