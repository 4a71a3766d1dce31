package dev.sartor.core;

import java.util.List;

/// What a responder is asked.
///
/// @param id the example's id, or the request's
/// @param messages the conversation; ends with the user's turn
public record Question(
        String id,
        List<Message> messages,
        AnswerForm form,
        Sampling sampling,
        Principal principal) {
    public Question {
        messages = List.copyOf(messages);
    }

    public static Question of(Example example, AnswerForm form) {
        return new Question(
                example.id(), example.input(), form, Sampling.greedy(), Principal.local());
    }

    public Question withMessages(List<Message> replaced) {
        return new Question(id, replaced, form, sampling, principal);
    }

    public Question withSampling(Sampling replaced) {
        return new Question(id, messages, form, replaced, principal);
    }

    /// The last turn's content: what the user asks.
    public String text() {
        return messages.getLast().content();
    }
}
