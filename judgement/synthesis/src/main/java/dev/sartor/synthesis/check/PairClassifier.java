package dev.sartor.synthesis.check;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Which fault a pair has, if any: multinomial logistic regression on {@link PairFeatures}, each less its mean and divided by its
/// standard deviation. The weights stand in `pair-faults.json`, made by bench/train_pair_faults.py from pairs that were
/// written by hand; how often they are right on other documents stands in bench/results/data_make.json.
public final class PairClassifier {
    /// The class of pairs without a fault.
    public static final String RIGHT = "right";

    private static final String FILE = "pair-faults.json";

    private final List<String> features;
    private final List<String> classes;
    private final double[] means;
    private final double[] deviations;
    private final double[][] weights;
    private final double[] intercepts;

    private PairClassifier(JsonNode json) {
        this.features = names(json.path("features"));
        this.classes = names(json.path("classes"));
        this.means = numbers(json.path("means"));
        this.deviations = numbers(json.path("deviations"));
        this.intercepts = numbers(json.path("intercepts"));
        this.weights = new double[classes.size()][];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = numbers(json.path("weights").path(i));
        }
    }

    /// As it is shipped.
    public static PairClassifier standard() {
        try (var file = PairClassifier.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw SartorException.defect(FILE + " is missing in the program");
            }
            return new PairClassifier(Json.mapper().readTree(file));
        } catch (IOException e) {
            throw SartorException.defect("cannot read " + FILE, e);
        }
    }

    private static List<String> names(JsonNode json) {
        return json.values().stream().map(JsonNode::stringValue).toList();
    }

    private static double[] numbers(JsonNode json) {
        return json.values().stream().mapToDouble(JsonNode::doubleValue).toArray();
    }

    /// How probable it is that the pair is right, and what is the likeliest fault otherwise.
    Probabilities probabilities(Features measured) {
        var scores = intercepts.clone();
        for (int j = 0; j < means.length; j++) {
            double value = (measured.of(features.get(j)) - means[j]) / deviations[j];
            for (int c = 0; c < scores.length; c++) {
                scores[c] += weights[c][j] * value;
            }
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (double score : scores) {
            sum += Math.exp(score - largest);
        }
        double right = 0;
        double likeliest = -1;
        var fault = RIGHT;
        for (int c = 0; c < scores.length; c++) {
            double probability = Math.exp(scores[c] - largest) / sum;
            if (classes.get(c).equals(RIGHT)) {
                right = probability;
            } else if (probability > likeliest) {
                likeliest = probability;
                fault = classes.get(c);
            }
        }
        return new Probabilities(right, fault);
    }

    /// @param right of having no fault, 0 to 1
    /// @param fault the key of the likeliest fault
    record Probabilities(double right, String fault) {}
}
