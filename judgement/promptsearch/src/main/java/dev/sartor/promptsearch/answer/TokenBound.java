package dev.sartor.promptsearch.answer;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The most tokens that a question and its answer may take. A model of this machine counts exactly, once its first answer has shown how
/// large its context is. Of a remote model nobody can count: a token is at least a byte of text.
final class TokenBound {
    /// What a chat template writes around each message, and an API around a label.
    private static final int AROUND = 32;

    /// An API is asked for a label with this limit.
    private static final int REMOTE_LABEL = 32;

    private final Responder model;
    private OptionalLong context = OptionalLong.empty();

    TokenBound(Responder model) {
        this.model = model;
    }

    /// @param question with all its messages
    long most(Question question) {
        var room = model.room(question);
        return room.isPresent() && context.isPresent()
                ? context.getAsLong() - room.getAsInt()
                : bytes(question) + answer(question.form());
    }

    /// Whether nothing more can be learned.
    boolean isSettled(Question question) {
        return context.isPresent() || model.room(question).isEmpty();
    }

    /// Learns from an answer.
    ///
    /// @param promptTokens that the question's messages took
    void learn(Question question, long promptTokens) {
        if (context.isEmpty()) {
            var one = new AnswerForm.FreeText(1);
            var shortest =
                    new Question(
                            question.id(),
                            question.messages(),
                            one,
                            question.sampling(),
                            question.principal());
            OptionalInt room = model.room(shortest);
            if (room.isPresent()) {
                context = OptionalLong.of(room.getAsInt() + 1L + promptTokens);
            }
        }
    }

    private static long bytes(Question question) {
        long bytes = AROUND;
        for (var message : question.messages()) {
            bytes += AROUND + length(message.content());
        }
        // A remote model is told the labels once more, in words.
        return question.form() instanceof AnswerForm.OneOf(var labels)
                ? bytes + 2 * AROUND + labels.stream().mapToLong(each -> length(each) + 2).sum()
                : bytes;
    }

    private static long answer(AnswerForm form) {
        return switch (form) {
            case AnswerForm.FreeText(int most) -> most;
            case AnswerForm.Matching(var _, int most) -> most;
            case AnswerForm.JsonText(var _, int most) -> most;
            case AnswerForm.OneOf(var labels) ->
                    labels.stream()
                            .mapToLong(each -> length(each) + 2)
                            .reduce(REMOTE_LABEL, Math::max);
        };
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
