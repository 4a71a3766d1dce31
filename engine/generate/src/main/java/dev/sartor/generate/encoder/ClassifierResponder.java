package dev.sartor.generate.encoder;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.schedule.Interruption;
import dev.sartor.model.Adapters;
import dev.sartor.model.EncoderPass;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Answers with the class whose logit is the largest: of given labels, or of all where any text would do. Texts of like
/// length are computed together.
final class ClassifierResponder implements Responder {
    private final ClassifierModel model;
    private final Adapters adapters;
    private final Runnable onClose;
    private final List<String> names;

    ClassifierResponder(ClassifierModel model, Adapters adapters, Runnable onClose) {
        this.model = model;
        this.adapters = adapters;
        this.onClose = onClose;
        this.names = model.network().labels().names();
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        var ids = questions.stream().map(each -> model.prompt(each.messages())).toList();
        questions.forEach(this::allowed);
        var answers = new ArrayList<Answer>(Collections.nCopies(questions.size(), null));
        try (var step = progress.begin("answering", questions.size(), "questions")) {
            for (var group : EmbeddingPlan.of(ids)) {
                Interruption.check();
                long start = System.nanoTime();
                var logs = logs(group.stream().map(ids::get).toList());
                double seconds = (System.nanoTime() - start) / 1e9 / group.size();
                for (int i = 0; i < group.size(); i++) {
                    int at = group.get(i);
                    answers.set(
                            at, chosen(questions.get(at), ids.get(at).length, logs, i, seconds));
                }
                step.advance(group.size());
            }
        }
        return answers;
    }

    /// Log-probabilities: [texts × classes]
    private float[] logs(List<int[]> texts) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var pass = EncoderPass.inFewShapes(texts, model.network().type());
                return model.network()
                        .classes(pass, adapters)
                        .to(DType.F32)
                        .logSoftmax(-1)
                        .toFloats();
            }
        });
    }

    private Answer chosen(Question question, int tokens, float[] logs, int row, double seconds) {
        var scores = new HashMap<String, Double>();
        var best = "";
        double highest = Double.NEGATIVE_INFINITY;
        for (var label : allowed(question)) {
            double log = logs[row * names.size() + names.indexOf(label)];
            scores.put(label, log);
            if (log > highest) {
                highest = log;
                best = label;
            }
        }
        return new Answer(
                best,
                Answer.Finish.STOP,
                new Answer.Usage(tokens, 0, 1),
                List.of(),
                question.form() instanceof AnswerForm.OneOf ? scores : Map.of(),
                seconds);
    }

    /// The classes that may be answered.
    private List<String> allowed(Question question) {
        return switch (question.form()) {
            case AnswerForm.FreeText _ -> names;
            case AnswerForm.OneOf(var labels) -> {
                var unknown = labels.stream().filter(label -> !names.contains(label)).toList();
                if (!unknown.isEmpty()) {
                    throw SartorException.user(
                            "labels must be among those that "
                                    + model.name()
                                    + " was trained for, got "
                                    + unknown
                                    + ": tune it on a task with these labels");
                }
                yield labels;
            }
            case AnswerForm.Matching _, AnswerForm.JsonText _ ->
                    throw SartorException.user(
                            "response_format must be text: "
                                    + model.name()
                                    + " tells classes and writes no text. Leave it out, or choose a chat model");
        };
    }

    @Override
    public OptionalInt room(Question question) {
        int text = model.source(question.messages()).length;
        return OptionalInt.of(model.network().contextLength() - text);
    }

    @Override
    public OptionalInt promptTokens(Question question) {
        return OptionalInt.of(model.source(question.messages()).length);
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        var answer = answer(List.of(question), Progress.silent()).getFirst();
        onText.accept(answer.text());
        return answer;
    }

    @Override
    public void close() {
        onClose.run();
    }
}
