package dev.sartor.curate.select;

import java.util.Arrays;
import java.util.List;

/// Squared distances between points.
interface Distances {
    /// @param one number of a point, from 0
    double squared(int one, int other);

    /// The squared length of a point.
    double squaredNorm(int point);

    int count();

    /// Of some rows' vectors.
    static Distances ofVectors(List<float[]> vectors, int[] rows) {
        return new Factorised(
                Arrays.stream(rows).mapToObj(vectors::get).toArray(float[][]::new), null);
    }

    /// Of the gradients of the cross-entropy with respect to the last layer's weights, each the outer product of the errors and
    /// the vector: ⟨e₁ ⊗ x₁, e₂ ⊗ x₂⟩ = ⟨e₁, e₂⟩ · ⟨x₁, x₂⟩, so that no gradient is ever laid out.
    ///
    /// @param errors of each row its probabilities, less one for the likeliest label
    static Distances ofGradients(List<float[]> vectors, int[] rows, float[][] errors) {
        return new Factorised(
                Arrays.stream(rows).mapToObj(vectors::get).toArray(float[][]::new), errors);
    }
}
