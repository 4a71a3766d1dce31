package dev.sartor.core;

import dev.sartor.core.work.Progress;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Anything that answers: a prompt over a base model, the same with retrieval in front, a model with an adapter on, a
/// remote model. Evaluation, comparison and serving see only this. Implementations are safe for concurrent callers.
public interface Responder extends AutoCloseable {
    /// Answers all questions, in their order; implementations batch them as suits the machine.
    ///
    /// @throws SartorException {@link SartorException#tooLong} where a prompt does not fit the model's context
    List<Answer> answer(List<Question> questions, Progress progress);

    /// Answers one question, handing over each piece of text as it comes. The pieces joined are the answer's text. When
    /// the consumer throws, generation ends and the exception goes to the caller.
    ///
    /// @throws SartorException {@link SartorException#tooLong} where the prompt does not fit the model's context
    Answer stream(Question question, Consumer<String> onText);

    /// How many tokens of the model's context are left beside the question as it stands, with the chat template around it,
    /// and the longest answer that it may get; below 0 where they do not fit. Counted with the model's own tokenizer, and so
    /// exact. Empty where nobody can tell, as of a model behind an API.
    default OptionalInt room(Question question) {
        return OptionalInt.empty();
    }

    /// The most tokens that the question's prompt may have: its own number where nothing is looked up for it, and what the
    /// context leaves beside the longest answer where passages are. Empty where nobody can tell.
    default OptionalInt promptTokens(Question question) {
        return OptionalInt.empty();
    }

    @Override
    void close();
}
