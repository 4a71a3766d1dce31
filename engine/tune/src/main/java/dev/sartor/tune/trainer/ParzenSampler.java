package dev.sartor.tune.trainer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Proposes points where good ones were dense and bad ones were not: the tree-structured Parzen estimator (Bergstra et al.
/// 2011, section 4), each dimension by itself. The first points are drawn at random.
final class ParzenSampler {
    private static final int AT_RANDOM = 5;
    private static final int CANDIDATES = 8;

    /// Of n points so many times √n count as good (Bergstra et al. 2013, hyperopt). On a smooth function of three settings
    /// 16 and 32 points found more with this, few candidates and narrow bells than with a quarter of the points.
    private static final double GOOD = 0.25;

    private static final double WIDTH = 0.1;

    /// The weight of the belief that every place is as good, in points.
    private static final double PRIOR = 1;

    private final List<Dimension> dimensions;
    private final RandomGenerator random;

    /// A point that was tried: places from 0 to 1, and its score, of which more is better.
    record Tried(double[] places, double score) {}

    ParzenSampler(List<Dimension> dimensions, RandomGenerator random) {
        this.dimensions = List.copyOf(dimensions);
        this.random = random;
    }

    double[] propose(List<Tried> history) {
        if (history.size() < AT_RANDOM) {
            return dimensions.stream().mapToDouble(each -> each.drawn(random)).toArray();
        }
        var sorted = new ArrayList<>(history);
        sorted.sort(Comparator.comparingDouble((Tried tried) -> -tried.score()));
        int good = (int) Math.max(1, Math.ceil(GOOD * Math.sqrt(sorted.size())));
        var best = sorted.subList(0, good);
        var rest = sorted.subList(good, sorted.size());
        var point = new double[dimensions.size()];
        Arrays.setAll(point, i -> place(i, best, rest));
        return point;
    }

    private double place(int dimension, List<Tried> best, List<Tried> rest) {
        var good = density(dimension, best);
        var bad = density(dimension, rest);
        return IntStream.range(0, CANDIDATES)
                .mapToObj(_ -> good.draw(random))
                .max(
                        Comparator.comparingDouble(
                                place -> Math.log(good.at(place)) - Math.log(bad.at(place))))
                .orElseThrow();
    }

    private Density density(int dimension, List<Tried> points) {
        var places = points.stream().mapToDouble(point -> point.places()[dimension]).toArray();
        return switch (dimensions.get(dimension)) {
            case Dimension.Range _ -> new Bells(places);
            case Dimension.Choice choice -> new Counts(choice, places);
        };
    }

    /// How likely each place is.
    private interface Density {
        double at(double place);

        double draw(RandomGenerator random);
    }

    /// A Gaussian around each point, cut off at the range's ends, and the same chance everywhere beside.
    private static final class Bells implements Density {
        private final double[] centres;

        Bells(double[] centres) {
            this.centres = centres;
        }

        @Override
        public double at(double place) {
            double sum = PRIOR;
            for (double centre : centres) {
                double apart = (place - centre) / WIDTH;
                sum += Math.exp(-apart * apart / 2) / (WIDTH * Math.sqrt(2 * Math.PI));
            }
            return sum / (centres.length + PRIOR);
        }

        @Override
        public double draw(RandomGenerator random) {
            if (random.nextDouble() * (centres.length + PRIOR) < PRIOR) {
                return random.nextDouble();
            }
            double centre = centres[random.nextInt(centres.length)];
            double place = random.nextGaussian(centre, WIDTH);
            while (place < 0 || place > 1) {
                place = random.nextGaussian(centre, WIDTH);
            }
            return place;
        }
    }

    /// How often each value was chosen.
    private static final class Counts implements Density {
        private final Dimension.Choice choice;
        private final double[] shares;

        Counts(Dimension.Choice choice, double[] places) {
            this.choice = choice;
            int count = choice.values().size();
            shares = new double[count];
            Arrays.fill(shares, PRIOR / count);
            for (double place : places) {
                shares[choice.index(place)]++;
            }
            double all = places.length + PRIOR;
            Arrays.setAll(shares, i -> shares[i] / all);
        }

        @Override
        public double at(double place) {
            return shares[choice.index(place)];
        }

        @Override
        public double draw(RandomGenerator random) {
            double rest = random.nextDouble();
            int index = 0;
            while (index < shares.length - 1 && rest >= shares[index]) {
                rest -= shares[index++];
            }
            return (index + 0.5) / shares.length;
        }
    }
}
