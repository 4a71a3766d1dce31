package dev.sartor.evaluate;

import dev.sartor.evaluate.statistics.Pool;
import java.util.List;

/// chrF (Popović 2015) as sacrebleu 2 computes it by default: character n-grams up to 6 without spaces, recall weighing
/// twice as much as precision, orders that either text is too short for left out; the best of the references. 0 to 100.
final class Chrf {
    private static final int ORDERS = 6;
    private static final double BETA_SQUARED = 4;

    private Chrf() {}

    static double sentence(String answer, List<String> references) {
        return score(statistics(answer, references));
    }

    static double corpus(List<Prediction> predictions) {
        return pool(predictions).over(Pool.range(0, predictions.size()));
    }

    static Pool pool(List<Prediction> predictions) {
        var rows =
                predictions.stream()
                        .map(prediction -> statistics(prediction.answer(), prediction.references()))
                        .toArray(int[][]::new);
        return chosen -> score(Sums.of(rows, chosen));
    }

    /// For each order the answer's n-grams, the reference's, and those they share, of the reference that scores best.
    private static int[] statistics(String answer, List<String> references) {
        var best = statistics(answer, references.getFirst());
        for (var reference : references.subList(1, references.size())) {
            var other = statistics(answer, reference);
            best = score(other) > score(best) ? other : best;
        }
        return best;
    }

    private static int[] statistics(String answer, String reference) {
        var own = Words.characters(Words.withoutSpaces(answer));
        var other = Words.characters(Words.withoutSpaces(reference));
        var statistics = new int[3 * ORDERS];
        for (int n = 1; n <= ORDERS; n++) {
            var ownGrams = Words.nGrams(own, n);
            var otherGrams = Words.nGrams(other, n);
            int at = 3 * (n - 1);
            statistics[at] = otherGrams.isEmpty() ? 0 : Words.total(ownGrams);
            statistics[at + 1] = Words.total(otherGrams);
            statistics[at + 2] = Words.matches(ownGrams, otherGrams);
        }
        return statistics;
    }

    private static double score(int[] statistics) {
        double precision = 0;
        double recall = 0;
        int orders = 0;
        for (int at = 0; at < statistics.length; at += 3) {
            if (statistics[at] > 0 && statistics[at + 1] > 0) {
                precision += (double) statistics[at + 2] / statistics[at];
                recall += (double) statistics[at + 2] / statistics[at + 1];
                orders++;
            }
        }
        if (precision + recall == 0) {
            return 0;
        }
        precision /= orders;
        recall /= orders;
        return 100 * (1 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall);
    }
}
