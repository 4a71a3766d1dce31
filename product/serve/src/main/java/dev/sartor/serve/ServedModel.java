package dev.sartor.serve;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import java.util.Optional;

/// A model that chats.
///
/// @param readers who may see and call it: whoever may read everything it was made from
/// @param form what its answers look like: free text up to a number of tokens where the client names none, or one of
///     some labels
/// @param prompt the id of the version of a task's prompt that it answers with; empty for a model as it is
/// @param scope what a key must be for, besides {@link Scope#INFER}; empty where that is enough
/// @param adapter that it answers with; empty for a model without one that comes and goes
public record ServedModel(
        Responder responder,
        Readers readers,
        AnswerForm form,
        Optional<String> prompt,
        Optional<Scope> scope,
        Optional<ServedAdapter> adapter) {
    public ServedModel(
            Responder responder, Readers readers, AnswerForm form, Optional<String> prompt) {
        this(responder, readers, form, prompt, Optional.empty(), Optional.empty());
    }

    /// Without a task's prompt.
    public ServedModel(Responder responder, Readers readers, AnswerForm form) {
        this(responder, readers, form, Optional.empty());
    }

    /// The same model, for keys that are for this use as well.
    public ServedModel needing(Scope further) {
        return new ServedModel(responder, readers, form, prompt, Optional.of(further), adapter);
    }

    /// The same model, which answers with this adapter.
    public ServedModel with(ServedAdapter worn) {
        return new ServedModel(responder, readers, form, prompt, scope, Optional.of(worn));
    }

    /// The same model with another responder in front, such as one that looks passages up.
    public ServedModel through(Responder front) {
        return new ServedModel(front, readers, form, prompt, scope, adapter);
    }
}
