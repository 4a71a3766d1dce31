package dev.sartor.serve;

import dev.sartor.core.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One request: who asked for what, and what became of it. No text of a prompt or an answer is in it.
///
/// @param time when the request came
/// @param request its id
/// @param who empty where no key told
/// @param key the id of the caller's key; empty where there was none
/// @param action the method and the path, such as `POST /v1/chat/completions`
/// @param status as HTTP has it; 499 where the client hung up, {@link #BEGUN} before the first of a stream is sent
/// @param code of the failure; empty where there was none
/// @param model that was asked for, where the caller may know of it
/// @param prompt the id of the version of the prompt that answered
/// @param adapter the SHA-256 of the weights of the adapter that answered, or that was attached or detached
/// @param documents whose passages were disclosed, each once, in alphabetical order
/// @param tokens of the prompt, of those cached, and of the answers
/// @param seconds from its arrival to this entry
/// @param unkept requests without a valid key before it that have no entry, as there were too many
public record AuditEntry(
        Instant time,
        String request,
        Optional<Principal> who,
        Optional<String> key,
        String action,
        int status,
        Optional<String> code,
        Optional<String> model,
        Optional<String> prompt,
        Optional<String> adapter,
        List<String> documents,
        Tokens tokens,
        double seconds,
        long unkept) {
    /// The status of an entry that another one follows, unless the process ended in between.
    public static final int BEGUN = 100;

    public AuditEntry {
        documents = documents.stream().distinct().sorted().toList();
    }

    /// Counts of one request.
    public record Tokens(long prompt, long cached, long completion) {}
}
