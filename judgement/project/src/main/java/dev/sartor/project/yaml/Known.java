package dev.sartor.project.yaml;

import dev.sartor.core.text.Nearest;
import java.util.Collection;

/// What to say to a name that is not known.
public final class Known {
    private Known() {}

    /// ` Did you mean 'x'?`, or the list of what there is.
    public static String advice(String typed, Collection<String> choices) {
        return Nearest.to(typed, choices)
                .map(choice -> " Did you mean '" + choice + "'?")
                .orElse(" Known: " + String.join(", ", choices) + ".");
    }
}
