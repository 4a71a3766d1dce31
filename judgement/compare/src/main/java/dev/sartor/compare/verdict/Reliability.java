package dev.sartor.compare.verdict;

import dev.sartor.classify.CalibrationError;
import dev.sartor.compare.run.Confidence;
import dev.sartor.compare.run.StoredAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// How far a candidate's confidence can be relied upon, by its answers to the test examples.
///
/// @param errorUncalibrated the expected calibration error of the label scores as they are
/// @param error the same after calibration on validation
/// @param curve the share that is answered and the share of these that is right, where the least sure go to a person; the
///     surest first
public record Reliability(double errorUncalibrated, double error, List<Point> curve) {
    public Reliability {
        curve = List.copyOf(curve);
    }

    /// @param coverage the share of the questions that is answered, over 0 and at most 1
    /// @param precision the share of these answers that is right
    public record Point(double coverage, double precision) {}

    /// Empty where an answer has no confidence.
    static Optional<Reliability> of(List<StoredAnswer> answers) {
        if (answers.isEmpty() || answers.stream().anyMatch(each -> each.confidence().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(
                new Reliability(
                        error(answers, Confidence::uncalibrated),
                        error(answers, Confidence::calibrated),
                        curve(answers)));
    }

    private static Confidence sure(StoredAnswer answer) {
        return answer.confidence().orElseThrow();
    }

    private static boolean isRight(StoredAnswer answer) {
        return answer.references().contains(answer.answer());
    }

    private static double error(
            List<StoredAnswer> answers, ToDoubleFunction<Confidence> confidence) {
        var right = new boolean[answers.size()];
        var sure = new double[answers.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = isRight(answers.get(i));
            sure[i] = confidence.applyAsDouble(sure(answers.get(i)));
        }
        return CalibrationError.of(sure, right);
    }

    /// Answers that are equally sure are all given or none.
    private static List<Point> curve(List<StoredAnswer> answers) {
        var surest =
                answers.stream()
                        .sorted(
                                Comparator.comparingDouble(
                                        (StoredAnswer each) -> -sure(each).calibrated()))
                        .toList();
        var curve = new ArrayList<Point>();
        int right = 0;
        for (int i = 0; i < surest.size(); i++) {
            right += isRight(surest.get(i)) ? 1 : 0;
            if (i + 1 == surest.size()
                    || sure(surest.get(i + 1)).calibrated() < sure(surest.get(i)).calibrated()) {
                int given = i + 1;
                curve.add(new Point((double) given / surest.size(), (double) right / given));
            }
        }
        return curve;
    }

    /// The largest share of the questions that can be answered so that at least this share of the answers is right; 0 where none
    /// can. Read off the test examples: others will differ.
    public double coverageAt(double precision) {
        return curve.stream()
                .filter(point -> point.precision() >= precision)
                .mapToDouble(Point::coverage)
                .max()
                .orElse(0);
    }
}
