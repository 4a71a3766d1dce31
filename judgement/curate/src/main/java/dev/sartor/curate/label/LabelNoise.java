package dev.sartor.curate.label;

import java.util.Arrays;

/// How probable it is that each given label is right, where labels are mistaken for each other at rates that are not known: by Bayes'
/// rule from the probabilities of the right labels and the rates, and the rates from these, in turn (EM, Dempster et al. 1977, as
/// Dawid and Skene 1979 do it for annotators). It begins at the rates of the confident joint.
final class LabelNoise {
    private static final int ROUNDS = 10;

    /// Rows of each label that are added as if they had the mean rate, spread evenly: without them a label with few rows would
    /// be sure of its rates.
    private static final double EVEN = 10;

    private final int[] given;
    private final double[][] probabilities;
    private final int classes;

    private LabelNoise(int[] given, double[][] probabilities) {
        this.given = given;
        this.probabilities = probabilities;
        this.classes = probabilities[0].length;
    }

    /// @param given of each row its label, from 0
    /// @param probabilities rows × labels, of rows that were held out
    /// @return of each row the probability that its label is right
    static double[] rightness(int[] given, double[][] probabilities) {
        return new LabelNoise(given, probabilities).rightness();
    }

    private double[] rightness() {
        var joint = new double[classes][classes];
        var counts = ConfidentJoint.of(given, probabilities).counts();
        for (int label = 0; label < classes; label++) {
            for (int right = 0; right < classes; right++) {
                joint[label][right] = counts[label][right];
            }
        }
        var right = new double[given.length];
        for (int round = 0; round <= ROUNDS; round++) {
            joint = next(rates(joint), right);
        }
        return right;
    }

    /// Right × given labels: how often a right label becomes a given one.
    private double[][] rates(double[][] joint) {
        double all = 0;
        double diagonal = 0;
        var perRight = new double[classes];
        for (int label = 0; label < classes; label++) {
            for (int right = 0; right < classes; right++) {
                all += joint[label][right];
                perRight[right] += joint[label][right];
            }
            diagonal += joint[label][label];
        }
        double wrong = Math.max(0, 1 - diagonal / all);
        var rates = new double[classes][classes];
        for (int right = 0; right < classes; right++) {
            for (int label = 0; label < classes; label++) {
                double even = label == right ? 1 - wrong : wrong / (classes - 1);
                rates[right][label] =
                        (joint[label][right] + EVEN * even) / (perRight[right] + EVEN);
            }
        }
        return rates;
    }

    /// The expected counts of given × right labels.
    private double[][] next(double[][] rates, double[] right) {
        var joint = new double[classes][classes];
        for (int i = 0; i < given.length; i++) {
            var each = new double[classes];
            for (int c = 0; c < classes; c++) {
                each[c] = probabilities[i][c] * rates[c][given[i]];
            }
            double sum = Arrays.stream(each).sum();
            for (int c = 0; c < classes; c++) {
                each[c] = sum > 0 ? each[c] / sum : c == given[i] ? 1 : 0;
                joint[given[i]][c] += each[c];
            }
            right[i] = each[given[i]];
        }
        return joint;
    }
}
