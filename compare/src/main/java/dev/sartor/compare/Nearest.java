package dev.sartor.compare;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/// What somebody probably meant.
final class Nearest {
    private static final int FARTHEST = 3;
    private static final LevenshteinDistance DISTANCE = new LevenshteinDistance(FARTHEST);

    private Nearest() {}

    /// The closest of the choices, at most three edits away and never by changing more than half of the word.
    static Optional<String> to(String typed, Collection<String> choices) {
        return choices.stream()
                .filter(choice -> edits(typed, choice) >= 0)
                .filter(choice -> 2 * edits(typed, choice) <= choice.length())
                .min(Comparator.comparingInt(choice -> edits(typed, choice)));
    }

    /// ` Did you mean 'x'?`, or the list of what there is.
    static String advice(String typed, Collection<String> choices) {
        return to(typed, choices)
                .map(choice -> " Did you mean '" + choice + "'?")
                .orElse(" Known: " + String.join(", ", choices) + ".");
    }

    private static int edits(String typed, String choice) {
        return DISTANCE.apply(typed, choice);
    }
}
