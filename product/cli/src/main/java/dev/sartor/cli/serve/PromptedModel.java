package dev.sartor.cli.serve;

import dev.sartor.compare.Candidate;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.prompt.version.PromptContent;
import java.util.Optional;

/// A candidate as the server asks it: with the prompt that it has, and under versions of it. Safe for concurrent callers.
interface PromptedModel {
    /// What the prompt says that it has now.
    PromptContent prompt();

    Responder responder();

    /// Who may call it.
    Readers readers();

    AnswerForm form();

    /// Why it has no other prompt than this; empty where it can have others.
    Optional<SartorException> fixed();

    /// The same under a version; nobody closes it.
    ///
    /// @throws SartorException a user's error where it cannot have that version
    Responder under(PromptContent version);

    /// Who may call it under a version.
    Readers readers(PromptContent version);

    /// @param prompt that the candidate has
    static PromptedModel of(Candidate candidate, PromptContent prompt) {
        return new OfCandidate(candidate, prompt);
    }

    /// A candidate of a project.
    record OfCandidate(Candidate candidate, PromptContent prompt) implements PromptedModel {
        @Override
        public Responder responder() {
            return candidate.responder();
        }

        @Override
        public Readers readers() {
            return candidate.mayCall();
        }

        @Override
        public AnswerForm form() {
            return candidate.task().form();
        }

        @Override
        public Optional<SartorException> fixed() {
            return candidate.swapsPrompt()
                    ? Optional.empty()
                    : Optional.of(candidate.fixedPrompt());
        }

        @Override
        public Responder under(PromptContent version) {
            return candidate.under(version);
        }

        @Override
        public Readers readers(PromptContent version) {
            return candidate.mayCall(version);
        }
    }
}
