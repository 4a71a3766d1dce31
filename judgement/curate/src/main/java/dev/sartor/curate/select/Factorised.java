package dev.sartor.curate.select;

import dev.sartor.core.measure.VectorProducts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Distances of vectors, or of outer products of two vectors each.
final class Factorised implements Distances {
    private final float[][] vectors;
    private final float @Nullable [][] factors;
    private final double[] norms;

    Factorised(float[][] vectors, float @Nullable [][] factors) {
        this.vectors = vectors;
        this.factors = factors;
        this.norms = new double[vectors.length];
        Arrays.setAll(norms, i -> product(i, i));
    }

    private double product(int one, int other) {
        double product = VectorProducts.product(vectors[one], vectors[other]);
        return factors == null
                ? product
                : product * VectorProducts.product(factors[one], factors[other]);
    }

    @Override
    public double squared(int one, int other) {
        return Math.max(0, norms[one] + norms[other] - 2 * product(one, other));
    }

    @Override
    public double squaredNorm(int point) {
        return norms[point];
    }

    @Override
    public int count() {
        return vectors.length;
    }
}
