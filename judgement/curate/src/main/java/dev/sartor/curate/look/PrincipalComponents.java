package dev.sartor.curate.look;

import dev.sartor.core.SartorException;
import java.util.List;
import java.util.random.RandomGenerator;

/// Brings vectors to the plane of their largest variance (Pearson 1901; Hotelling 1933), by power iteration with the first component
/// taken out before the second is sought.
public final class PrincipalComponents {
    private static final int STEPS = 60;

    private PrincipalComponents() {}

    /// @param vectors all of one dimension
    /// @param chance where the iteration starts
    /// @return x and y of each vector, scaled together so that the farthest is 1 from 0; the sign of each component is the one that makes
    ///     its largest part positive
    public static double[][] plane(List<float[]> vectors, RandomGenerator chance) {
        if (vectors.isEmpty()) {
            return new double[0][];
        }
        int dimension = vectors.getFirst().length;
        var mean = mean(vectors, dimension);
        var points = new double[vectors.size()][2];
        var first = component(vectors, mean, new double[dimension], chance);
        var second = component(vectors, mean, first, chance);
        double farthest = 1e-12;
        for (int i = 0; i < points.length; i++) {
            points[i][0] = product(vectors.get(i), mean, first);
            points[i][1] = product(vectors.get(i), mean, second);
            farthest = Math.max(farthest, Math.hypot(points[i][0], points[i][1]));
        }
        for (var point : points) {
            point[0] /= farthest;
            point[1] /= farthest;
        }
        return points;
    }

    private static double[] mean(List<float[]> vectors, int dimension) {
        var mean = new double[dimension];
        for (var vector : vectors) {
            if (vector.length != dimension) {
                throw SartorException.defect(
                        "vectors of several dimensions", new IllegalArgumentException());
            }
            for (int j = 0; j < dimension; j++) {
                mean[j] += vector[j];
            }
        }
        for (int j = 0; j < dimension; j++) {
            mean[j] /= vectors.size();
        }
        return mean;
    }

    /// @param other a unit vector that the component is orthogonal to, or zeros
    private static double[] component(
            List<float[]> vectors, double[] mean, double[] other, RandomGenerator chance) {
        var component = chance.doubles(mean.length, -1, 1).toArray();
        for (int step = 0; step < STEPS; step++) {
            orthogonal(component, other);
            if (!normalise(component)) {
                return component; // there is no variance left
            }
            var next = new double[mean.length];
            for (var vector : vectors) {
                double along = product(vector, mean, component);
                for (int j = 0; j < next.length; j++) {
                    next[j] += along * (vector[j] - mean[j]);
                }
            }
            component = next;
        }
        orthogonal(component, other);
        normalise(component);
        return signed(component);
    }

    private static double product(float[] vector, double[] mean, double[] component) {
        double sum = 0;
        for (int j = 0; j < component.length; j++) {
            sum += (vector[j] - mean[j]) * component[j];
        }
        return sum;
    }

    private static void orthogonal(double[] component, double[] other) {
        double share = 0;
        for (int j = 0; j < component.length; j++) {
            share += component[j] * other[j];
        }
        for (int j = 0; j < component.length; j++) {
            component[j] -= share * other[j];
        }
    }

    private static boolean normalise(double[] component) {
        double square = 0;
        for (double each : component) {
            square += each * each;
        }
        double length = Math.sqrt(square);
        if (length < 1e-12) {
            java.util.Arrays.fill(component, 0);
            return false;
        }
        for (int j = 0; j < component.length; j++) {
            component[j] /= length;
        }
        return true;
    }

    private static double[] signed(double[] component) {
        double largest = 0;
        for (double each : component) {
            largest = Math.abs(each) > Math.abs(largest) ? each : largest;
        }
        if (largest < 0) {
            for (int j = 0; j < component.length; j++) {
                component[j] = -component[j];
            }
        }
        return component;
    }
}
