package dev.sartor.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Exact match and token F1 as SQuAD 2.0's official script computes them; the best of the references.
final class SquadText {
    /// Python's `string.punctuation`: ASCII alone.
    private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");

    /// Python's `\b(a|an|the)\b`. Java's `\b` also counts combining marks as part of a word, hence spelt out.
    private static final Pattern ARTICLE =
            Pattern.compile("(?<![\\p{L}\\p{N}_])(?:a|an|the)(?![\\p{L}\\p{N}_])");

    private SquadText() {}

    static double exactMatch(Prediction prediction) {
        var answer = words(prediction.answer());
        return prediction.references().stream().map(SquadText::words).anyMatch(answer::equals)
                ? 1
                : 0;
    }

    static double tokenF1(Prediction prediction) {
        var answer = words(prediction.answer());
        return prediction.references().stream()
                .mapToDouble(reference -> f1(answer, words(reference)))
                .max()
                .orElseThrow();
    }

    /// The share of a reference's words that the answer has, each at most as often as it has it; the best of the references.
    static double recall(Prediction prediction) {
        var answer = words(prediction.answer());
        return prediction.references().stream()
                .mapToDouble(reference -> recall(answer, words(reference)))
                .max()
                .orElseThrow();
    }

    private static double recall(List<String> answer, List<String> reference) {
        return reference.isEmpty()
                ? (answer.isEmpty() ? 1 : 0)
                : (double) Words.matches(Words.nGrams(answer, 1), Words.nGrams(reference, 1))
                        / reference.size();
    }

    /// Lower case, without punctuation and articles, split at white space.
    static List<String> words(String text) {
        var bare = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        return Words.of(ARTICLE.matcher(bare).replaceAll(" "));
    }

    private static double f1(List<String> answer, List<String> reference) {
        if (answer.isEmpty() || reference.isEmpty()) {
            return answer.equals(reference) ? 1 : 0;
        }
        Map<List<String>, Integer> own = Words.nGrams(answer, 1);
        int same = Words.matches(own, Words.nGrams(reference, 1));
        if (same == 0) {
            return 0;
        }
        double precision = (double) same / answer.size();
        double recall = (double) same / reference.size();
        return 2 * precision * recall / (precision + recall);
    }
}
