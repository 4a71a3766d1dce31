package dev.sartor.serve.openai;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Question;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.http.Demand;
import dev.sartor.serve.quota.Quotas;
import java.nio.charset.StandardCharsets;

/// What a chat completion takes: tokens of its prompt and of as many answers as are wanted.
final class ChatDemand {
    /// What a chat template puts around a message, in tokens, and more.
    private static final int AROUND = 64;

    /// Bytes of a token, as texts usually have them.
    private static final int USUAL_BYTES = 4;

    private ChatDemand() {}

    static Demand of(String name, int answers, ServedModel model, Question question) {
        long completion = (long) answers * longest(question.form());
        return new Demand(
                name,
                answers,
                bytes(question) / USUAL_BYTES + completion,
                () -> new Quotas.Usage(name, prompt(model, question), completion));
    }

    /// No token has less than a byte: so much at most, where the model cannot count.
    private static long prompt(ServedModel model, Question question) {
        var counted = model.responder().promptTokens(question);
        return counted.isPresent()
                ? counted.getAsInt()
                : bytes(question) + (long) AROUND * (question.messages().size() + 1);
    }

    private static long bytes(Question question) {
        return question.messages().stream()
                .mapToLong(message -> message.content().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private static long longest(AnswerForm form) {
        return switch (form) {
            case AnswerForm.FreeText text -> text.maxTokens();
            case AnswerForm.Matching matching -> matching.maxTokens();
            case AnswerForm.JsonText json -> json.maxTokens();
            case AnswerForm.OneOf(var labels) ->
                    1
                            + labels.stream()
                                    .mapToLong(
                                            label -> label.getBytes(StandardCharsets.UTF_8).length)
                                    .max()
                                    .orElse(0);
        };
    }
}
