package dev.sartor.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.regex.Pattern;

/// ROUGE F-measures (Lin 2004) as the rouge-score package computes them without stemming; the best of the references.
/// Tokens are runs of `a`–`z` and `0`–`9`: a text in another script has none, and scores 0.
final class Rouge {
    private static final Pattern NO_TOKEN = Pattern.compile("[^a-z0-9]+");

    private Rouge() {}

    static double n(int order, Prediction prediction) {
        return best(
                prediction,
                (own, other) -> {
                    var ownGrams = Words.nGrams(own, order);
                    var otherGrams = Words.nGrams(other, order);
                    return fMeasure(
                            Words.matches(otherGrams, ownGrams),
                            Words.total(ownGrams),
                            Words.total(otherGrams));
                });
    }

    /// By the longest common subsequence.
    static double l(Prediction prediction) {
        return best(
                prediction,
                (own, other) -> fMeasure(longestCommon(own, other), own.size(), other.size()));
    }

    private static double best(
            Prediction prediction, ToDoubleBiFunction<List<String>, List<String>> measure) {
        var own = tokens(prediction.answer());
        return prediction.references().stream()
                .mapToDouble(reference -> measure.applyAsDouble(own, tokens(reference)))
                .max()
                .orElseThrow();
    }

    private static List<String> tokens(String text) {
        return NO_TOKEN.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(token -> !token.isEmpty())
                .toList();
    }

    private static double fMeasure(int matches, int own, int other) {
        if (matches == 0) {
            return 0;
        }
        double precision = (double) matches / own;
        double recall = (double) matches / other;
        return 2 * precision * recall / (precision + recall);
    }

    private static int longestCommon(List<String> first, List<String> second) {
        var above = new int[second.size() + 1];
        for (var token : first) {
            var row = new int[above.length];
            for (int j = 1; j < row.length; j++) {
                row[j] =
                        token.equals(second.get(j - 1))
                                ? above[j - 1] + 1
                                : Math.max(above[j], row[j - 1]);
            }
            above = row;
        }
        return above[second.size()];
    }
}
