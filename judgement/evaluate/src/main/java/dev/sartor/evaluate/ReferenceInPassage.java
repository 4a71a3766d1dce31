package dev.sartor.evaluate;

import dev.sartor.evaluate.value.Containment;
import java.util.List;
import java.util.Set;

/// Whether a passage has what would be right to answer. A reference stands there where the metric `contains` finds it in the passage.
/// One that is a sentence, of {@link #SENTENCE} words or more, need not stand there word for word: three quarters of its words are
/// enough (`answer_recall`), if the passage has every value that it states.
public final class ReferenceInPassage {
    /// From so many words on, without articles, a reference counts as a sentence.
    static final int SENTENCE = 6;

    /// As much as supports a statement of an answer.
    private static final double ENOUGH = 0.75;

    private static final Set<String> BARE =
            Set.of("yes", "no", "true", "false", "ja", "nein", "oui", "non", "si", "sí");

    private static final Metric CONTAINS = Metric.named("contains");
    private static final Containment CONTAINMENT = new Containment(SquadText::words);

    private ReferenceInPassage() {}

    /// Whether any of the references stands there.
    ///
    /// @param references the right answers, at least one
    public static boolean isIn(String passage, List<String> references) {
        return contains(passage, references)
                || references.stream().anyMatch(each -> isRetold(passage, each));
    }

    /// Whether an answer says one of the references, whatever else it says.
    public static boolean contains(String text, List<String> references) {
        return CONTAINS.perExample(List.of(new Prediction("", text, references)))[0] > 0;
    }

    /// Whether a reference is more than a bare yes or no, which stands in no passage.
    public static boolean canBeLookedFor(List<String> references) {
        return references.stream()
                .map(SquadText::words)
                .anyMatch(words -> words.size() != 1 || !BARE.contains(words.getFirst()));
    }

    private static boolean isRetold(String passage, String reference) {
        return SquadText.words(reference).size() >= SENTENCE
                && SquadText.recall(new Prediction("", passage, List.of(reference))) >= ENOUGH
                && CONTAINMENT.saysValuesOf(passage, reference);
    }
}
