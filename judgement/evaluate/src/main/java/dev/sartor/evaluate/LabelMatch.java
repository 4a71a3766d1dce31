package dev.sartor.evaluate;

import dev.sartor.data.Folding;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a free text counts as a label: it must say the label and nothing else, case, space and punctuation aside
/// ({@link Folding}). `Card arrival.` says `card_arrival`; `I think card_arrival` says no label, and is a format error.
final class LabelMatch {
    private final Set<String> labels;
    private final Map<String, Optional<String>> byFolding = new HashMap<>();

    private LabelMatch(Collection<String> labels) {
        this.labels = new LinkedHashSet<>(labels);
        for (var label : this.labels) {
            byFolding.merge(
                    Folding.keyOf(label), Optional.of(label), (one, other) -> Optional.empty());
        }
    }

    public static LabelMatch among(Collection<String> labels) {
        return new LabelMatch(labels);
    }

    /// The label that the answer says. Labels that fold to the same, such as `C` and `C#`, must be said to the letter.
    public Optional<String> label(String answer) {
        var stripped = answer.strip();
        if (labels.contains(stripped)) {
            return Optional.of(stripped);
        }
        return byFolding.getOrDefault(Folding.keyOf(answer), Optional.empty());
    }

    /// Whether the answer says what the reference says, where no list of labels is known.
    static boolean isSame(String answer, String reference) {
        return Folding.keyOf(answer).equals(Folding.keyOf(reference));
    }
}
