package dev.sartor.compare.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Locale;

/// A candidate that left the race: on validation examples it was shown to be worse than another by more than the task's margin,
/// so that it never met the test examples.
///
/// @param key of the run that was not finished
/// @param rows how many validation examples were looked at, of so many
/// @param score its mean on these, of its best choice
/// @param against the candidate that is better, and its mean on the same examples
public record Dropped(
        String candidate,
        String key,
        int rows,
        int of,
        double score,
        String against,
        String againstKey,
        double againstScore,
        double margin) {
    /// A sentence.
    @JsonIgnore
    public String why() {
        return String.format(
                Locale.ROOT,
                "%s was dropped after %d of %d validation examples: it scored %s where %s scored %s, shown to be"
                        + " more than %s points worse, and did not meet the test examples.",
                candidate,
                rows,
                of,
                Figures.score(score),
                against,
                Figures.score(againstScore),
                Figures.plainPoints(margin));
    }
}
