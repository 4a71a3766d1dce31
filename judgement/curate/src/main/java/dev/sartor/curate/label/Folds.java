package dev.sartor.curate.label;

import java.util.Arrays;
import java.util.Random;

/// Deals rows to folds, those of each label in turn, so that each fold has its share of each label and two rows of one label
/// are in two folds.
final class Folds {
    private Folds() {}

    /// @param labels of each row, from 0
    /// @param seed of the shuffle before
    /// @return of each row its fold, from 0
    static int[] stratified(int[] labels, int folds, long seed) {
        var order = shuffled(labels.length, new Random(seed));
        var byLabel = Arrays.stream(order).boxed().toArray(Integer[]::new);
        Arrays.sort(byLabel, (a, b) -> Integer.compare(labels[a], labels[b])); // stable
        var folded = new int[labels.length];
        for (int i = 0; i < byLabel.length; i++) {
            folded[byLabel[i]] = i % folds;
        }
        return folded;
    }

    private static int[] shuffled(int count, Random random) {
        var order = new int[count];
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(i + 1);
            order[i] = order[at];
            order[at] = i;
        }
        return order;
    }
}
