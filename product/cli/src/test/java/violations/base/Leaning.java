package violations.base;

import violations.extra.Extra;

/// Breaks: the house depends on what stands beside it.
public final class Leaning {
    Extra extra = new Extra();
}
