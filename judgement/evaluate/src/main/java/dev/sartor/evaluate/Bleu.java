package dev.sartor.evaluate;

import dev.sartor.evaluate.statistics.Pool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// BLEU (Papineni et al. 2002) as sacrebleu 2 computes it by default: 13a tokens, n-grams up to 4, exponential smoothing,
/// the closest reference's length; a single sentence counts only the orders that it is long enough for. 0 to 100.
final class Bleu {
    private static final int ORDERS = 4;

    /// In mteval-v13a: `{`–`~`, `[`–backtick, space–`&`, `(`–`+`, `:`–`@` and `/`.
    private static final Pattern PUNCTUATION =
            Pattern.compile("([\\x7b-\\x7e\\x5b-\\x60\\x20-\\x26\\x28-\\x2b\\x3a-\\x40\\x2f])");

    private static final Pattern MARK_AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern MARK_BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

    private Bleu() {}

    static double sentence(String answer, List<String> references) {
        return score(statistics(answer, references), true);
    }

    static double corpus(List<Prediction> predictions) {
        return pool(predictions).over(Pool.range(0, predictions.size()));
    }

    static Pool pool(List<Prediction> predictions) {
        var rows =
                predictions.stream()
                        .map(prediction -> statistics(prediction.answer(), prediction.references()))
                        .toArray(int[][]::new);
        return chosen -> score(Sums.of(rows, chosen), false);
    }

    static List<String> tokens(String text) {
        var line =
                Words.withoutLastSpaces(text)
                        .replace("<skipped>", "")
                        .replace("-\n", "")
                        .replace("\n", " ")
                        .replace("&quot;", "\"")
                        .replace("&amp;", "&")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">");
        line = PUNCTUATION.matcher(" " + line + " ").replaceAll(" $1 ");
        line = MARK_AFTER_NO_DIGIT.matcher(line).replaceAll("$1 $2 ");
        line = MARK_BEFORE_NO_DIGIT.matcher(line).replaceAll(" $1 $2");
        return Words.of(DASH_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 "));
    }

    /// Length of the answer, of the closest reference, then matches and n-grams of each order.
    private static int[] statistics(String answer, List<String> references) {
        var tokens = tokens(answer);
        var others = references.stream().map(Bleu::tokens).toList();
        var statistics = new int[2 + 2 * ORDERS];
        statistics[0] = tokens.size();
        statistics[1] = closestLength(tokens.size(), others);
        for (int n = 1; n <= ORDERS; n++) {
            var most = new HashMap<List<String>, Integer>();
            for (var other : others) {
                Words.nGrams(other, n).forEach((gram, count) -> most.merge(gram, count, Math::max));
            }
            Map<List<String>, Integer> own = Words.nGrams(tokens, n);
            statistics[1 + n] = Words.matches(own, most);
            statistics[1 + ORDERS + n] = Words.total(own);
        }
        return statistics;
    }

    private static int closestLength(int length, List<List<String>> references) {
        int closest = references.getFirst().size();
        for (var reference : references) {
            int distance = Math.abs(length - reference.size());
            int least = Math.abs(length - closest);
            if (distance < least || (distance == least && reference.size() < closest)) {
                closest = reference.size();
            }
        }
        return closest;
    }

    /// @param effectiveOrder leave out the orders that the answer is too short for
    private static double score(int[] statistics, boolean effectiveOrder) {
        boolean matchesNothing = true;
        for (int n = 1; n <= ORDERS; n++) {
            matchesNothing &= statistics[1 + n] == 0;
        }
        if (matchesNothing) {
            return 0;
        }
        double smoothing = 1;
        double logarithms = 0;
        int orders = 0;
        for (int n = 1; n <= ORDERS && statistics[1 + ORDERS + n] > 0; n++) {
            int matches = statistics[1 + n];
            smoothing *= matches == 0 ? 2 : 1;
            double precision = matches == 0 ? 1 / smoothing : matches;
            logarithms += Math.log(100 * precision / statistics[1 + ORDERS + n]);
            orders = n;
        }
        if (!effectiveOrder && orders < ORDERS) {
            return 0;
        }
        return brevityPenalty(statistics[0], statistics[1]) * Math.exp(logarithms / orders);
    }

    private static double brevityPenalty(int length, int referenceLength) {
        return length < referenceLength ? Math.exp(1 - (double) referenceLength / length) : 1;
    }
}
