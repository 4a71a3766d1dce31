package dev.sartor.core;

import java.util.List;
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

    @Override
    void close();
}
