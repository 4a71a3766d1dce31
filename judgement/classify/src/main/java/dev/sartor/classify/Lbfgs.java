package dev.sartor.classify;

import java.util.ArrayDeque;

/// Minimises a smooth convex function by L-BFGS (Nocedal and Wright, Numerical Optimization, 2nd edition, algorithms 7.4 and
/// 7.5), with steps that are halved until the function has fallen enough (Armijo's condition).
final class Lbfgs {
    /// Pairs of steps and changes of the gradient that stand for the curvature.
    private static final int MEMORY = 10;

    private static final double ENOUGH = 1e-4;
    private static final int HALVINGS = 40;

    private final Function function;
    private final double tolerance;
    private final int mostSteps;
    private final ArrayDeque<Pair> pairs = new ArrayDeque<>();

    /// @param tolerance the largest component of a gradient that counts as none
    Lbfgs(Function function, double tolerance, int mostSteps) {
        this.function = function;
        this.tolerance = tolerance;
        this.mostSteps = mostSteps;
    }

    /// What is minimised.
    interface Function {
        /// @param gradient takes in the gradient there
        /// @return the value
        double at(double[] point, double[] gradient);
    }

    private record Pair(double[] step, double[] change, double curvature) {}

    /// @param isReached whether the gradient is as good as none there, or no step gets lower; else the steps ended before
    record Minimum(double[] point, boolean isReached) {}

    Minimum from(double[] start) {
        var point = start.clone();
        var gradient = new double[point.length];
        double value = function.at(point, gradient);
        for (int i = 0; i < mostSteps && largest(gradient) > tolerance; i++) {
            var direction = direction(gradient);
            double slope = dot(direction, gradient);
            double length = pairs.isEmpty() ? Math.min(1, 1 / norm(gradient)) : 1;
            var next = new double[point.length];
            var there = new double[point.length];
            double fallen = value;
            int halvings = 0;
            for (; halvings < HALVINGS; halvings++) {
                for (int j = 0; j < next.length; j++) {
                    next[j] = point[j] + length * direction[j];
                }
                fallen = function.at(next, there);
                if (fallen <= value + ENOUGH * length * slope) {
                    break;
                }
                length /= 2;
            }
            if (halvings == HALVINGS) {
                return new Minimum(point, true); // the numbers' precision is reached
            }
            remember(point, next, gradient, there);
            point = next;
            gradient = there;
            value = fallen;
        }
        return new Minimum(point, largest(gradient) <= tolerance);
    }

    private void remember(double[] point, double[] next, double[] gradient, double[] there) {
        var step = new double[point.length];
        var change = new double[point.length];
        for (int j = 0; j < step.length; j++) {
            step[j] = next[j] - point[j];
            change[j] = there[j] - gradient[j];
        }
        double curvature = dot(step, change);
        if (curvature > 1e-12 * dot(change, change)) {
            pairs.addLast(new Pair(step, change, curvature));
            if (pairs.size() > MEMORY) {
                pairs.removeFirst();
            }
        }
    }

    private double[] direction(double[] gradient) {
        var direction = new double[gradient.length];
        for (int j = 0; j < direction.length; j++) {
            direction[j] = -gradient[j];
        }
        if (pairs.isEmpty()) {
            return direction;
        }
        var shares = new double[pairs.size()];
        int i = pairs.size();
        for (var newest = pairs.descendingIterator(); newest.hasNext(); ) {
            var pair = newest.next();
            i--;
            shares[i] = dot(pair.step(), direction) / pair.curvature();
            add(direction, -shares[i], pair.change());
        }
        var last = pairs.getLast();
        double scale = last.curvature() / dot(last.change(), last.change());
        for (int j = 0; j < direction.length; j++) {
            direction[j] *= scale;
        }
        for (var pair : pairs) {
            double back = dot(pair.change(), direction) / pair.curvature();
            add(direction, shares[i] - back, pair.step());
            i++;
        }
        return direction;
    }

    private static void add(double[] sum, double factor, double[] added) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += factor * added[j];
        }
    }

    private static double largest(double[] vector) {
        double largest = 0;
        for (double each : vector) {
            largest = Math.max(largest, Math.abs(each));
        }
        return largest;
    }

    private static double norm(double[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int j = 0; j < one.length; j++) {
            sum += one[j] * other[j];
        }
        return sum;
    }
}
