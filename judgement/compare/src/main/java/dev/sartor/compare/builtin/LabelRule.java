package dev.sartor.compare.builtin;

import dev.sartor.core.AnswerForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says the likeliest of a task's labels, of those that the question allows.
///
/// @param all of the task; those that the classifier does not know are never said
/// @param labels in the classifier's order
record LabelRule(List<String> all, List<String> labels, Classifier classifier)
        implements RuleResponder.Rule {
    /// Gives each label's log-probability, in nats.
    interface Classifier {
        double[] logProbabilities(RuleResponder.Seen seen);
    }

    @Override
    public RuleResponder.Said answer(RuleResponder.Seen seen, AnswerForm form) {
        var scores = classifier.logProbabilities(seen);
        var allowed = form instanceof AnswerForm.OneOf one ? one.labels() : all;
        var said = new LinkedHashMap<String, Double>();
        var best = allowed.getFirst();
        double likeliest = Double.NEGATIVE_INFINITY;
        for (var label : allowed) {
            int at = labels.indexOf(label);
            double score = at < 0 ? Double.NEGATIVE_INFINITY : scores[at];
            said.put(label, score);
            if (score > likeliest) {
                best = label;
                likeliest = score;
            }
        }
        return new RuleResponder.Said(best, Map.copyOf(said));
    }
}
