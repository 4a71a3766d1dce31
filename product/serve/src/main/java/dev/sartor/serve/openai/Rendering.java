package dev.sartor.serve.openai;

import dev.sartor.core.Answer;
import dev.sartor.serve.http.EventStream;
import dev.sartor.serve.http.Failure;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// How an endpoint writes the answers to one request.
public interface Rendering {
    /// @param answers to one question, at least one
    JsonNode whole(List<Answer> answers);

    Live live(EventStream events);

    /// The answers while they are made.
    interface Live {
        /// What takes the text of one of the answers, piece by piece; an empty piece only asks whether anyone still reads.
        Consumer<String> text(int index);

        /// Ends the stream.
        void end(List<Answer> answers);

        /// Ends a stream that has begun.
        void fail(Failure failure);
    }
}
