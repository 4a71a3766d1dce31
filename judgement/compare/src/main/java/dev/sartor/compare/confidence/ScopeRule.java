package dev.sartor.compare.confidence;

import dev.sartor.compare.approach.LeastNearness;
import dev.sartor.compare.run.Confidence;
import dev.sartor.compare.run.Scope;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import dev.sartor.evaluate.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Says a task's label for what fits none of the others where a candidate is not sure enough of one.
public final class ScopeRule {
    private ScopeRule() {}

    /// The confidence below which saying so is shown to gain on validation, as {@link LeastNearness} says.
    ///
    /// @param answers to the validation examples, as the candidate gives them
    public static Scope chosen(String label, List<StoredAnswer> answers, Metric metric) {
        if (answers.isEmpty() || answers.stream().anyMatch(each -> each.confidence().isEmpty())) {
            return new Scope(label, Optional.empty());
        }
        var told = answers.stream().mapToDouble(StoredAnswer::score).toArray();
        var instead =
                metric.perExample(
                        answers.stream()
                                .map(each -> each.withAnswer(label, 0).prediction())
                                .toList());
        var sure = answers.stream().map(ScopeRule::confidence).toList();
        return new Scope(
                label, LeastNearness.shown(sure, told, instead).map(LeastNearness::nearness));
    }

    private static double confidence(StoredAnswer answer) {
        return answer.confidence().map(Confidence::calibrated).orElse(1.0);
    }

    /// With the label where they are not sure enough.
    public static List<StoredAnswer> applied(
            Scope scope, List<StoredAnswer> answers, Metric metric) {
        var applied = new ArrayList<StoredAnswer>();
        for (var answer : answers) {
            boolean isOut =
                    scope.threshold().filter(least -> confidence(answer) < least).isPresent();
            if (isOut) {
                var said = answer.withAnswer(scope.label(), 0);
                double score = metric.perExample(List.of(said.prediction()))[0];
                applied.add(answer.withAnswer(scope.label(), score));
            } else {
                applied.add(answer);
            }
        }
        return applied;
    }

    /// What answers by the rule. Closing it closes the other.
    ///
    /// @param inner whose answers have a confidence
    public static Responder around(Responder inner, Scope scope) {
        return scope.threshold()
                .<Responder>map(least -> new Scoped(inner, scope.label(), least))
                .orElse(inner);
    }

    private record Scoped(Responder inner, String label, double least) implements Responder {
        @Override
        public List<Answer> answer(List<Question> questions, Progress progress) {
            var answers = inner.answer(questions, progress);
            var said = new ArrayList<Answer>();
            for (int i = 0; i < answers.size(); i++) {
                said.add(said(questions.get(i), answers.get(i)));
            }
            return said;
        }

        /// The text comes at once: whether it is the label hangs on all of it.
        @Override
        public Answer stream(Question question, Consumer<String> onText) {
            var answer = said(question, inner.stream(question, _ -> {}));
            onText.accept(answer.text());
            return answer;
        }

        private Answer said(Question question, Answer answer) {
            boolean isAllowed =
                    !(question.form() instanceof AnswerForm.OneOf(var labels))
                            || labels.contains(label);
            return isAllowed && answer.confidence().orElse(1) < least
                    ? answer.withText(label)
                    : answer;
        }

        @Override
        public OptionalInt room(Question question) {
            return inner.room(question);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
