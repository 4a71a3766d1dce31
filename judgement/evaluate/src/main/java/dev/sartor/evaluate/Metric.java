package dev.sartor.evaluate;

import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.evaluate.statistics.Pool;
import dev.sartor.evaluate.value.Containment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// How answers are judged, 0 (bad) to 1 (good); Matthews' correlation from -1. BLEU and chrF are a hundredth of what their
/// tools print.
public final class Metric {
    private static final List<String> NAMES =
            List.of(
                    "accuracy",
                    "macro_f1",
                    "matthews",
                    "exact_match",
                    "token_f1",
                    "contains",
                    "answer_recall",
                    "bleu",
                    "chrf",
                    "rouge1",
                    "rouge2",
                    "rougeL");

    private static final Containment CONTAINMENT = new Containment(SquadText::words);

    private final String name;
    private final boolean binary;
    private final ToDoubleFunction<Prediction> one;
    private final Optional<Function<List<Prediction>, Pool>> pooled;

    private Metric(
            String name,
            boolean binary,
            ToDoubleFunction<Prediction> one,
            Optional<Function<List<Prediction>, Pool>> pooled) {
        this.name = name;
        this.binary = binary;
        this.one = one;
        this.pooled = pooled;
    }

    public static List<String> names() {
        return NAMES;
    }

    /// @throws SartorException a user's error that names the nearest metric
    public static Metric named(String name) {
        return named(name, List.of());
    }

    /// A metric for a classification: an answer counts as a label as {@link LabelMatch} says. Metrics of free text take no
    /// notice of the labels.
    ///
    /// @throws SartorException a user's error that names the nearest metric
    public static Metric named(String name, List<String> labels) {
        var match = LabelMatch.among(labels);
        ToDoubleFunction<Prediction> right =
                labels.isEmpty() ? Metric::saysAReference : p -> saysAReference(match, p);
        return switch (name) {
            case "accuracy" -> new Metric(name, true, right, Optional.empty());
            case "macro_f1" -> pooled(name, right, rows -> new Classes(rows, labels)::macroF1);
            case "matthews" -> pooled(name, right, rows -> new Classes(rows, labels)::matthews);
            case "exact_match" -> new Metric(name, true, SquadText::exactMatch, Optional.empty());
            case "token_f1" -> mean(name, SquadText::tokenF1);
            case "contains" -> new Metric(name, true, Metric::containsAReference, Optional.empty());
            case "answer_recall" -> mean(name, SquadText::recall);
            case "rouge1" -> mean(name, prediction -> Rouge.n(1, prediction));
            case "rouge2" -> mean(name, prediction -> Rouge.n(2, prediction));
            case "rougeL" -> mean(name, Rouge::l);
            case "bleu" ->
                    pooled(
                            name,
                            p -> Bleu.sentence(p.answer(), p.references()) / 100,
                            rows -> hundredth(Bleu.pool(rows)));
            case "chrf" ->
                    pooled(
                            name,
                            p -> Chrf.sentence(p.answer(), p.references()) / 100,
                            rows -> hundredth(Chrf.pool(rows)));
            default ->
                    throw SartorException.user(
                            "unknown metric '"
                                    + name
                                    + "'; known are "
                                    + String.join(", ", NAMES)
                                    + "."
                                    + Nearest.hint(name, NAMES));
        };
    }

    public String name() {
        return name;
    }

    /// Whether each example is right or wrong, and the figure is the share of right ones.
    public boolean isBinary() {
        return binary;
    }

    /// Whether the figure is the mean over the examples. Otherwise it belongs to all of them together, and the values per
    /// example only show where answers differ.
    public boolean isMean() {
        return pooled.isEmpty();
    }

    /// Each example's value, in order. For `macro_f1` and `matthews` 1 for a right answer; for `bleu` and `chrf` the
    /// sentence's own.
    public double[] perExample(List<Prediction> predictions) {
        return predictions.stream().mapToDouble(one).toArray();
    }

    /// The figure over all examples, of which there must be one at least.
    public double aggregate(List<Prediction> predictions) {
        if (predictions.isEmpty()) {
            throw SartorException.user(name + " needs at least one answered example, got none.");
        }
        return pool(predictions).over(Pool.range(0, predictions.size()));
    }

    Pool pool(List<Prediction> predictions) {
        return pooled.map(make -> make.apply(predictions))
                .orElseGet(() -> Pool.meanOf(perExample(predictions)));
    }

    @Override
    public String toString() {
        return name;
    }

    private static double saysAReference(Prediction prediction) {
        return prediction.references().stream()
                        .anyMatch(reference -> LabelMatch.isSame(prediction.answer(), reference))
                ? 1
                : 0;
    }

    /// Whether `contains` would compare a number, an amount, a day or a time that the text states.
    public static boolean statesAValue(String text) {
        return Containment.statesAValue(text);
    }

    private static double containsAReference(Prediction prediction) {
        return prediction.references().stream()
                        .anyMatch(each -> CONTAINMENT.says(prediction.answer(), each))
                ? 1
                : 0;
    }

    private static double saysAReference(LabelMatch match, Prediction prediction) {
        return match.label(prediction.answer())
                        .filter(prediction.references()::contains)
                        .isPresent()
                ? 1
                : 0;
    }

    private static Metric mean(String name, ToDoubleFunction<Prediction> one) {
        return new Metric(name, false, one, Optional.empty());
    }

    private static Metric pooled(
            String name,
            ToDoubleFunction<Prediction> one,
            Function<List<Prediction>, Pool> pooled) {
        return new Metric(name, false, one, Optional.of(pooled));
    }

    private static Pool hundredth(Pool pool) {
        return rows -> pool.over(rows) / 100;
    }
}
