package dev.sartor.serve;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;

/// A model that chats.
///
/// @param readers who may see and call it: whoever may read everything it was made from
/// @param form what its answers look like: free text up to a number of tokens where the client names none, or one of
///     some labels
public record ServedModel(Responder responder, Readers readers, AnswerForm form) {}
