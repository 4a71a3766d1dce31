package violations.circle.one;

import violations.circle.two.Two;

/// Breaks, with {@link Two}: packages use each other.
public final class One {
    Class<?> two = Two.class;
}
