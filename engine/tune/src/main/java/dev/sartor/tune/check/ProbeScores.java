package dev.sartor.tune.check;

import dev.sartor.core.measure.Probe;
import dev.sartor.generate.TextScores;
import java.util.ArrayList;
import java.util.List;

/// What a model makes of a probe. The texts are plain: they stand in no chat template.
///
/// @param right how likely it finds each question's right choice among its choices, 0 to 1
/// @param best 1 where the right choice is the likeliest, 0 elsewhere
/// @param perplexity of the probe's text
public record ProbeScores(List<Double> right, List<Double> best, double perplexity) {
    public ProbeScores {
        right = List.copyOf(right);
        best = List.copyOf(best);
    }

    public static ProbeScores of(TextScores scores, Probe probe) {
        var likelihoods =
                scores.likelihoods(probe.questions().stream().map(ProbeScores::continued).toList());
        var right = new ArrayList<Double>();
        var best = new ArrayList<Double>();
        for (int i = 0; i < likelihoods.size(); i++) {
            int gold = probe.questions().get(i).gold();
            right.add(share(likelihoods.get(i), gold));
            best.add(isBest(likelihoods.get(i), gold) ? 1.0 : 0);
        }
        return new ProbeScores(right, best, scores.perplexity(probe.text()));
    }

    private static TextScores.Continued continued(Probe.Question question) {
        return new TextScores.Continued(
                question.query(), question.choices().stream().map(each -> " " + each).toList());
    }

    /// The softmax of log-likelihoods at one place.
    private static double share(double[] likelihoods, int at) {
        double sum = 0;
        for (double each : likelihoods) {
            sum += Math.exp(each - likelihoods[at]);
        }
        return 1 / sum;
    }

    private static boolean isBest(double[] likelihoods, int at) {
        for (double each : likelihoods) {
            if (each > likelihoods[at]) {
                return false;
            }
        }
        return true;
    }

    /// The share of questions whose right choice is the likeliest.
    double accuracy() {
        return best.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
