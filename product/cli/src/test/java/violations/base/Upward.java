package violations.base;

import violations.upper.Shown;

/// Breaks: a lower room uses a higher one.
public final class Upward {
    Shown shown = new Shown();
}
