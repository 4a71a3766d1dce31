package dev.sartor.compare;

import dev.sartor.core.Nearest;
import java.util.Collection;

/// What to say to a name that is not known.
final class Known {
    private Known() {}

    /// ` Did you mean 'x'?`, or the list of what there is.
    static String advice(String typed, Collection<String> choices) {
        return Nearest.to(typed, choices)
                .map(choice -> " Did you mean '" + choice + "'?")
                .orElse(" Known: " + String.join(", ", choices) + ".");
    }
}
