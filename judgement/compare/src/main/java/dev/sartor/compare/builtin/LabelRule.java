package dev.sartor.compare.builtin;

import dev.sartor.core.AnswerForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says the likeliest of a task's labels, of those that the question allows.
///
/// @param labels in the classifier's order
record LabelRule(List<String> labels, Classifier classifier) implements VectorResponder.Rule {
    /// Gives each label's log-probability, in nats.
    interface Classifier {
        double[] logProbabilities(float[] vector);
    }

    @Override
    public VectorResponder.Said answer(float[] vector, AnswerForm form) {
        var scores = classifier.logProbabilities(vector);
        var allowed = form instanceof AnswerForm.OneOf one ? one.labels() : labels;
        var said = new LinkedHashMap<String, Double>();
        for (var label : allowed) {
            int at = labels.indexOf(label);
            said.put(label, at < 0 ? Double.NEGATIVE_INFINITY : scores[at]);
        }
        var best = allowed.getFirst();
        for (var label : allowed) {
            if (said.get(label) > said.get(best)) {
                best = label;
            }
        }
        return new VectorResponder.Said(best, Map.copyOf(said));
    }
}
