package dev.sartor.privacy;

import dev.sartor.classify.TextClassifier;
import dev.sartor.evaluate.statistics.RocArea;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// How well texts alone tell members from held-out rows: TF-IDF and logistic regression, in a five-fold cross-validation, which never
/// see the model (Das, Zhang and Tramèr 2024, "Blind Baselines Beat Membership Inference Attacks for Foundation Models"). Where they
/// can, the two sides are not of one distribution, and an attack that tells them apart shows nothing.
final class BlindBaseline {
    private static final int FOLDS = 5;

    private BlindBaseline() {}

    /// The area under the curve.
    ///
    /// @param members at least five texts; likewise the held-out ones
    static Estimate of(List<String> members, List<String> heldOut, long seed) {
        var memberScores = new double[members.size()];
        var heldOutScores = new double[heldOut.size()];
        var memberFolds = folds(members.size(), seed);
        var heldOutFolds = folds(heldOut.size(), seed + 1);
        for (int fold = 0; fold < FOLDS; fold++) {
            var texts = new ArrayList<String>();
            var labels = new ArrayList<Integer>();
            add(members, memberFolds, fold, 1, texts, labels);
            add(heldOut, heldOutFolds, fold, 0, texts, labels);
            var classifier =
                    TextClassifier.fit(
                            texts, labels.stream().mapToInt(Integer::intValue).toArray(), 2, seed);
            score(classifier, members, memberFolds, fold, memberScores);
            score(classifier, heldOut, heldOutFolds, fold, heldOutScores);
        }
        return Estimate.of(
                RocArea.of(memberScores, heldOutScores),
                RocArea.interval(memberScores, heldOutScores));
    }

    /// Of each row its fold, by chance and of near the same size.
    private static List<Integer> folds(int rows, long seed) {
        var folds = new ArrayList<Integer>();
        for (int i = 0; i < rows; i++) {
            folds.add(i % FOLDS);
        }
        Collections.shuffle(folds, new Random(seed));
        return folds;
    }

    /// The rows of the other folds.
    private static void add(
            List<String> rows,
            List<Integer> folds,
            int fold,
            int label,
            List<String> texts,
            List<Integer> labels) {
        for (int i = 0; i < rows.size(); i++) {
            if (folds.get(i) != fold) {
                texts.add(rows.get(i));
                labels.add(label);
            }
        }
    }

    private static void score(
            TextClassifier classifier,
            List<String> rows,
            List<Integer> folds,
            int fold,
            double[] scores) {
        for (int i = 0; i < rows.size(); i++) {
            if (folds.get(i) == fold) {
                var logs = classifier.logProbabilities(rows.get(i));
                scores[i] = logs[1] - logs[0];
            }
        }
    }
}
