package dev.sartor.curate.label;

import java.util.Arrays;
import java.util.List;

/// The cosines of a block of rows with any other rows, in 32 bits, several rows at a time: the inner loop runs over arrays at one
/// and the same index, which the JVM computes several elements at a time. For one thread.
final class CosineBlock {
    static final int MOST = 128;

    private static final int FOUR = 4;

    private final int dimension;

    /// The block by components, scaled to unit length; zeros behind the last up to a multiple of four.
    private final float[][] columns;

    private final float[] norms = new float[2];

    /// @param from the block's first row
    /// @param to behind its last; at most {@link #MOST} after the first
    CosineBlock(List<float[]> vectors, int from, int to) {
        this.dimension = vectors.getFirst().length;
        this.columns = new float[(dimension + FOUR - 1) / FOUR * FOUR][MOST];
        for (int row = from; row < to; row++) {
            var vector = vectors.get(row);
            float norm = norm(vector);
            for (int j = 0; j < dimension; j++) {
                columns[j][row - from] = norm == 0 ? 0 : vector[j] / norm;
            }
        }
    }

    /// Of two rows, the cosines with each row of the block; 0 where one of both has no direction.
    ///
    /// @param ofOne takes in the first one's
    /// @param ofOther the second one's
    void with(float[] one, float[] other, float[] ofOne, float[] ofOther) {
        Arrays.fill(ofOne, 0);
        Arrays.fill(ofOther, 0);
        norms[0] = norm(one);
        norms[1] = norm(other);
        for (int j = 0; j < dimension; j += FOUR) {
            var x0 = columns[j];
            var x1 = columns[j + 1];
            var x2 = columns[j + 2];
            var x3 = columns[j + 3];
            float a0 = at(one, j);
            float a1 = at(one, j + 1);
            float a2 = at(one, j + 2);
            float a3 = at(one, j + 3);
            float b0 = at(other, j);
            float b1 = at(other, j + 1);
            float b2 = at(other, j + 2);
            float b3 = at(other, j + 3);
            for (int r = 0; r < MOST; r++) {
                float v0 = x0[r];
                float v1 = x1[r];
                float v2 = x2[r];
                float v3 = x3[r];
                float a = ofOne[r] + ((a0 * v0 + a1 * v1) + (a2 * v2 + a3 * v3));
                float b = ofOther[r] + ((b0 * v0 + b1 * v1) + (b2 * v2 + b3 * v3));
                ofOne[r] = a;
                ofOther[r] = b;
            }
        }
        for (int r = 0; r < MOST; r++) {
            ofOne[r] = norms[0] == 0 ? 0 : ofOne[r] / norms[0];
            ofOther[r] = norms[1] == 0 ? 0 : ofOther[r] / norms[1];
        }
    }

    private static float at(float[] vector, int j) {
        return j < vector.length ? vector[j] : 0;
    }

    private static float norm(float[] vector) {
        double sum = 0;
        for (float each : vector) {
            sum += (double) each * each;
        }
        return (float) Math.sqrt(sum);
    }
}
