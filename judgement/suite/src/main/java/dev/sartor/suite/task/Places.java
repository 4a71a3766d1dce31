package dev.sartor.suite.task;

/// Places in lists.
final class Places {
    private Places() {}

    /// The first of the largest, as numpy's `argmax`.
    static int largest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
