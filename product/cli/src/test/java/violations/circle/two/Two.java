package violations.circle.two;

import violations.circle.one.One;

/// Breaks, with {@link One}: packages use each other.
public final class Two {
    Class<?> one = One.class;
}
