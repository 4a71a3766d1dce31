package dev.sartor.core;

import java.util.List;

/// What a responder is asked.
///
/// @param id the example's id, or the request's
/// @param messages the conversation; ends with the user's turn
/// @param opening the messages as they would be around a question without words, and without what only some may read: what
///     the conversation begins with alike is nobody's own, and computed once for all askers. Empty where only the
///     model's template says how a conversation begins
/// @param readers who may read all that stands in the messages besides the asker's own words: passages, examples, rows. Goes along
///     to where it is decided what may leave this machine
public record Question(
        String id,
        List<Message> messages,
        AnswerForm form,
        Sampling sampling,
        Principal principal,
        List<Message> opening,
        Readers readers) {
    public Question {
        messages = List.copyOf(messages);
        opening = List.copyOf(opening);
    }

    /// As the asker wrote it.
    public Question(
            String id,
            List<Message> messages,
            AnswerForm form,
            Sampling sampling,
            Principal principal) {
        this(id, messages, form, sampling, principal, List.of(), Readers.everyone());
    }

    /// As the example's asker would ask it.
    public static Question of(Example example, AnswerForm form) {
        return new Question(
                        example.id(), example.input(), form, Sampling.greedy(), example.principal())
                .readableBy(example.readers());
    }

    /// @param added who may read what the new messages hold besides the present ones
    public Question withMessages(List<Message> replaced, Readers added) {
        return new Question(id, replaced, form, sampling, principal, opening, readers.and(added));
    }

    public Question withSampling(Sampling replaced) {
        return new Question(id, messages, form, replaced, principal, opening, readers);
    }

    public Question withOpening(List<Message> replaced) {
        return new Question(id, messages, form, sampling, principal, replaced, readers);
    }

    /// Whoever may read it may read this as well, which stands in its messages.
    public Question readableBy(Readers also) {
        return withMessages(messages, also);
    }

    /// Without words, as what surrounds it is asked for an {@link #opening}.
    public Question blank() {
        return withMessages(List.of(Message.user("")), Readers.everyone());
    }

    /// The last turn's content: what the user asks.
    public String text() {
        return messages.getLast().content();
    }
}
