package dev.sartor.compare.cascade;

import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the cheapest cascade of two candidates whose validation score is non-inferior to the best of all candidates and cascades:
/// the paired interval of its share of right answers less the best's lies above −margin, its error of 5 % divided over the pairs that
/// are tried, as the cheapest of many that pass is one that passes by luck. Two that err in different places are
/// often better together than either: the least that is as good as one of them would give that away. Only two that have answered
/// all validation examples can be its parts, and only one whose confidence is calibrated can be the first.
public final class CascadeSearch {
    /// So many thresholds of a first candidate are tried, evenly over its confidences.
    private static final int THRESHOLDS = 100;

    /// How many times the first's seconds the second takes at least: asking both of two that cost alike does not pay.
    private static final double DEARER = 2;

    /// The most that a cascade may cost of the cheapest single candidate that is as good: less is within what clocks differ by.
    private static final double SAVING = 0.8;

    private final double margin;
    private final List<Part> parts;

    /// @param margin of the task
    /// @param parts whose answers are all to the same examples, in the same order
    public CascadeSearch(double margin, List<Part> parts) {
        this.margin = margin;
        this.parts = List.copyOf(parts);
    }

    /// A candidate that may be a part.
    ///
    /// @param answers to the validation examples
    public record Part(String candidate, String run, List<StoredAnswer> answers) {
        public Part {
            answers = List.copyOf(answers);
        }

        boolean isCalibrated() {
            return answers.stream().allMatch(each -> each.confidence().isPresent());
        }

        double seconds() {
            return answers.stream().mapToDouble(StoredAnswer::seconds).average().orElse(0);
        }

        double score() {
            return mean(answers);
        }
    }

    /// @param threshold the least confidence at which the first's answer stands
    /// @param escalated the share of the validation examples that the second answers
    /// @param seconds of an answer, on the mean
    public record Found(
            Part first,
            Part second,
            double threshold,
            double escalated,
            double score,
            double seconds) {
        /// To the validation examples.
        List<StoredAnswer> answers() {
            return joined(first.answers(), second.answers(), threshold);
        }
    }

    /// What came of it.
    ///
    /// @param found empty where none is cheaper than what one candidate does alone
    /// @param why a sentence for the user where there is none
    public record Outcome(Optional<Found> found, String why) {}

    public Outcome run() {
        var firsts = parts.stream().filter(Part::isCalibrated).toList();
        if (parts.size() < 2 || firsts.isEmpty()) {
            return new Outcome(
                    Optional.empty(),
                    "No cascade was tried: it takes two candidates that answered the validation examples, of which one"
                            + " gives a calibrated confidence.");
        }
        var best = parts.stream().max(Comparator.comparingDouble(Part::score)).orElseThrow();
        var alone =
                parts.stream()
                        .filter(each ->
                                isGoodEnough(each.answers(), best.answers(), Interval.USUAL_ERROR))
                        .min(Comparator.comparingDouble(Part::seconds))
                        .orElse(best);
        var pairs = firsts.stream().flatMap(this::pairs).toList();
        var cheaper =
                pairs.stream()
                        .flatMap(pair -> cascades(pair.first(), pair.second()).stream())
                        .filter(each -> each.seconds() <= SAVING * alone.seconds())
                        .toList();
        var reference =
                cheaper.stream()
                        .max(Comparator.comparingDouble(Found::score))
                        .filter(each -> each.score() > best.score())
                        .map(Found::answers)
                        .orElse(best.answers());
        return cheaper.stream()
                .sorted(Comparator.comparingDouble(Found::seconds))
                .filter(each ->
                        isGoodEnough(
                                each.answers(), reference, Interval.USUAL_ERROR / pairs.size()))
                .findFirst()
                .map(found -> new Outcome(Optional.of(found), ""))
                .orElseGet(() ->
                        new Outcome(
                                Optional.empty(),
                                "No cascade is a fifth cheaper on validation than "
                                        + alone.candidate()
                                        + " alone and as good: none was tried."));
    }

    private record Pair(Part first, Part second) {}

    private Stream<Pair> pairs(Part first) {
        return parts.stream()
                .filter(second -> !second.candidate().equals(first.candidate()))
                .filter(second -> second.seconds() >= DEARER * first.seconds())
                .map(second -> new Pair(first, second));
    }

    private List<Found> cascades(Part first, Part second) {
        var sure =
                first.answers().stream()
                        .mapToDouble(StoredAnswer::sure)
                        .sorted()
                        .distinct()
                        .toArray();
        var all = new ArrayList<Found>();
        int step = Math.max(1, sure.length / THRESHOLDS);
        // The lowest confidence would have the first answer everything.
        for (int i = step; i < sure.length; i += step) {
            var answers = joined(first.answers(), second.answers(), sure[i]);
            double threshold = sure[i];
            long escalated =
                    first.answers().stream().filter(each -> each.sure() < threshold).count();
            all.add(
                    new Found(
                            first,
                            second,
                            threshold,
                            (double) escalated / answers.size(),
                            mean(answers),
                            answers.stream()
                                    .mapToDouble(StoredAnswer::seconds)
                                    .average()
                                    .orElseThrow()));
        }
        return all;
    }

    /// What a cascade says, of what its parts said: the second's answer takes the time of both.
    ///
    /// @param second to the same examples in the same order
    public static List<StoredAnswer> joined(
            List<StoredAnswer> first, List<StoredAnswer> second, double threshold) {
        var joined = new ArrayList<StoredAnswer>();
        for (int i = 0; i < first.size(); i++) {
            var one = first.get(i);
            var other = second.get(i);
            if (!one.id().equals(other.id())) {
                throw new IllegalArgumentException(one.id() + " against " + other.id());
            }
            joined.add(one.sure() >= threshold ? one : other.after(one));
        }
        return joined;
    }

    /// The share of right ones.
    private static double mean(List<StoredAnswer> answers) {
        return answers.stream().mapToDouble(StoredAnswer::score).average().orElse(0);
    }

    private boolean isGoodEnough(
            List<StoredAnswer> answers, List<StoredAnswer> best, double error) {
        return PairedComparison.intervalOfShares(scores(answers), scores(best), error).low()
                > -margin;
    }

    /// 1 for a right label and 0 for a wrong one, by whichever metric of labels.
    private static double[] scores(List<StoredAnswer> answers) {
        return answers.stream().mapToDouble(StoredAnswer::score).toArray();
    }
}
