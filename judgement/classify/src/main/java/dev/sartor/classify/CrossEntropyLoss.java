package dev.sartor.classify;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The mean cross-entropy of a multinomial logistic regression plus its penalty, and the gradient: two products of matrices,
/// computed in blocks that stay in a core's cache. Each inner loop runs over arrays at one and the same index, which the JVM
/// computes several elements at a time. Sums are added in a fixed order: the result has the same bits on any number of cores.
///
/// Weights stand as in {@link LogisticRegression}: of each component of a vector, then of the intercept, that of each class.
final class CrossEntropyLoss {
    /// The most parts of the rows, whose sums are added in their order.
    private static final int PARTS = 8;

    /// Rows of a block; both of its forms fit a core's second cache for vectors of 384.
    private static final int BLOCK = 128;

    private final float[][] rows;
    private final int[] labels;
    private final int dimension;
    private final int classes;
    private final double penalty;

    /// @param penalty of half the squared weights
    CrossEntropyLoss(float[][] rows, int[] labels, int classes, double penalty) {
        this.rows = rows;
        this.labels = labels;
        this.dimension = rows[0].length;
        this.classes = classes;
        this.penalty = penalty;
    }

    /// No more than there are blocks.
    private int parts() {
        return Math.min(PARTS, (rows.length + BLOCK - 1) / BLOCK);
    }

    /// @param gradient takes in the gradient there
    double at(double[] weights, double[] gradient) {
        var parts =
                IntStream.range(0, parts())
                        .parallel()
                        .mapToObj(part -> new Part(weights).over(part))
                        .toList();
        double loss = 0;
        Arrays.fill(gradient, 0);
        for (var part : parts) {
            loss += part.loss;
            part.addTo(gradient);
        }
        loss /= rows.length;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= rows.length;
        }
        for (int i = 0; i < dimension * classes; i++) {
            loss += penalty / 2 * weights[i] * weights[i];
            gradient[i] += penalty * weights[i];
        }
        return loss;
    }

    /// The sums over one part of the rows.
    private final class Part {
        /// Components, or rows, that one inner loop adds.
        private static final int FOUR = 4;

        private final double[] weights;

        /// The block by components, and by rows; behind the last of either there are zeros up to a multiple of four.
        private final double[][] columns = new double[padded(dimension)][BLOCK];

        private final double[][] vectors = new double[BLOCK][dimension];

        /// Of each class, and of one more where their number is odd: scores, then errors, of the block's rows.
        private final double[][] scores = new double[classes + 1][BLOCK];

        private final double[] largest = new double[BLOCK];
        private final double[] sums = new double[BLOCK];

        private final double[][] gradient = new double[classes + 1][dimension];
        private final double[] intercepts = new double[classes];
        private double loss;

        Part(double[] weights) {
            this.weights = weights;
        }

        Part over(int part) {
            int from = (int) ((long) rows.length * part / parts());
            int to = (int) ((long) rows.length * (part + 1) / parts());
            for (int at = from; at < to; at += BLOCK) {
                int count = Math.min(BLOCK, to - at);
                load(at, count);
                for (int c = 0; c < classes; c += 2) {
                    score(c, scores[c], scores[c + 1]);
                }
                turnIntoErrors(at, count);
                for (int c = 0; c < classes; c += 2) {
                    addGradient(c, gradient[c], gradient[c + 1]);
                }
            }
            return this;
        }

        void addTo(double[] whole) {
            for (int j = 0; j < dimension; j++) {
                for (int c = 0; c < classes; c++) {
                    whole[j * classes + c] += gradient[c][j];
                }
            }
            for (int c = 0; c < classes; c++) {
                whole[dimension * classes + c] += intercepts[c];
            }
        }

        private void load(int at, int count) {
            for (int r = 0; r < BLOCK; r++) {
                if (r < count) {
                    var row = rows[at + r];
                    for (int j = 0; j < dimension; j++) {
                        vectors[r][j] = row[j];
                        columns[j][r] = row[j];
                    }
                } else {
                    Arrays.fill(vectors[r], 0);
                    for (int j = 0; j < dimension; j++) {
                        columns[j][r] = 0;
                    }
                }
            }
        }

        /// The scores of two classes.
        private void score(int c, double[] one, double[] other) {
            Arrays.fill(one, weight(dimension, c));
            Arrays.fill(other, weight(dimension, c + 1));
            for (int j = 0; j < dimension; j += FOUR) {
                var x0 = columns[j];
                var x1 = columns[j + 1];
                var x2 = columns[j + 2];
                var x3 = columns[j + 3];
                double a0 = component(j, c);
                double a1 = component(j + 1, c);
                double a2 = component(j + 2, c);
                double a3 = component(j + 3, c);
                double b0 = component(j, c + 1);
                double b1 = component(j + 1, c + 1);
                double b2 = component(j + 2, c + 1);
                double b3 = component(j + 3, c + 1);
                for (int r = 0; r < BLOCK; r++) {
                    double v0 = x0[r];
                    double v1 = x1[r];
                    double v2 = x2[r];
                    double v3 = x3[r];
                    double a = one[r] + ((a0 * v0 + a1 * v1) + (a2 * v2 + a3 * v3));
                    double b = other[r] + ((b0 * v0 + b1 * v1) + (b2 * v2 + b3 * v3));
                    one[r] = a;
                    other[r] = b;
                }
            }
        }

        /// 0 behind the last component.
        private double component(int j, int c) {
            return j < dimension ? weight(j, c) : 0;
        }

        /// 0 behind the last class.
        private double weight(int j, int c) {
            return c < classes ? weights[j * classes + c] : 0;
        }

        /// Probability less one for the given label; 0 in rows behind the block's last. Adds to the loss.
        private void turnIntoErrors(int at, int count) {
            Arrays.fill(largest, Double.NEGATIVE_INFINITY);
            Arrays.fill(sums, 0);
            for (int c = 0; c < classes; c++) {
                var score = scores[c];
                for (int r = 0; r < BLOCK; r++) {
                    largest[r] = Math.max(largest[r], score[r]);
                }
            }
            for (int r = 0; r < count; r++) {
                loss -= scores[labels[at + r]][r];
            }
            for (int c = 0; c < classes; c++) {
                var score = scores[c];
                for (int r = 0; r < count; r++) {
                    score[r] = Math.exp(score[r] - largest[r]);
                    sums[r] += score[r];
                }
            }
            for (int r = 0; r < count; r++) {
                loss += largest[r] + Math.log(sums[r]);
            }
            for (int c = 0; c < classes; c++) {
                var score = scores[c];
                for (int r = 0; r < count; r++) {
                    score[r] /= sums[r];
                }
                Arrays.fill(score, count, BLOCK, 0);
            }
            for (int r = 0; r < count; r++) {
                scores[labels[at + r]][r]--;
            }
            for (int c = 0; c < classes; c++) {
                for (int r = 0; r < count; r++) {
                    intercepts[c] += scores[c][r];
                }
            }
            Arrays.fill(scores[classes], 0);
        }

        /// The gradients of two classes.
        private void addGradient(int c, double[] one, double[] other) {
            var first = scores[c];
            var second = scores[c + 1];
            for (int r = 0; r < BLOCK; r += FOUR) {
                var x0 = vectors[r];
                var x1 = vectors[r + 1];
                var x2 = vectors[r + 2];
                var x3 = vectors[r + 3];
                double a0 = first[r];
                double a1 = first[r + 1];
                double a2 = first[r + 2];
                double a3 = first[r + 3];
                double b0 = second[r];
                double b1 = second[r + 1];
                double b2 = second[r + 2];
                double b3 = second[r + 3];
                for (int j = 0; j < one.length; j++) {
                    double v0 = x0[j];
                    double v1 = x1[j];
                    double v2 = x2[j];
                    double v3 = x3[j];
                    double a = one[j] + ((a0 * v0 + a1 * v1) + (a2 * v2 + a3 * v3));
                    double b = other[j] + ((b0 * v0 + b1 * v1) + (b2 * v2 + b3 * v3));
                    one[j] = a;
                    other[j] = b;
                }
            }
        }

        private static int padded(int count) {
            return (count + FOUR - 1) / FOUR * FOUR;
        }
    }
}
