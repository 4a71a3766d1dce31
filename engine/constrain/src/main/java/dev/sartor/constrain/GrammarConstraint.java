package dev.sartor.constrain;

import dev.sartor.constrain.automaton.Grammar;
import dev.sartor.core.SartorException;

/// Holds a row to a grammar. Rows of the same form share what is found out about it.
final class GrammarConstraint implements Constraint {
    private final Form form;
    private final TokenSet scratch;
    private ParserState at;

    private GrammarConstraint(Form form, ParserState at) {
        this.form = form;
        this.at = at;
        this.scratch = new TokenSet(form.vocabulary);
    }

    /// A form of answers, prepared for a vocabulary. Thread-safe.
    static final class Form {
        private final TokenTrie trie;
        private final PushdownMachine machine;
        private final TokenMasks masks;
        private final ParserState start;
        private final int vocabulary;
        private final long fixedBytes;

        /// @param endings tokens that end a turn
        Form(Grammar grammar, TokenTrie trie, int[] endings) {
            this.trie = trie;
            this.machine = new PushdownMachine(grammar, ClosingCosts.of(grammar, trie));
            this.masks = new TokenMasks(trie, machine, endings);
            this.start = machine.start();
            this.vocabulary = trie.vocabulary();
            this.fixedBytes = grammar.bytes();
        }

        /// Memory that it takes, with what was found out about it; a number that may be a little old.
        long bytes() {
            return fixedBytes + machine.bytes();
        }

        /// How many tokens are enough for a whole text.
        ///
        /// @throws SartorException a user's error where no text has this form
        int tokens() {
            if (start.isDead()) {
                throw SartorException.unheldForm(
                        "no answer can have the form that was asked for: its rules contradict each"
                                + " other, or need characters that the model has no tokens for");
            }
            return start.cost();
        }

        /// @throws SartorException a user's error where the limit is too small for a whole text
        Constraint begin(int maxTokens) {
            if (tokens() > maxTokens) {
                throw SartorException.user(
                        "max_tokens must be at least "
                                + tokens()
                                + " for this form of answer, got "
                                + maxTokens
                                + ": allow more, or ask for a shorter form");
            }
            return new GrammarConstraint(this, start);
        }
    }

    @Override
    public TokenSet allowed(int remaining) {
        synchronized (form) {
            return form.masks.of(at).within(remaining - 1, scratch, form.vocabulary);
        }
    }

    @Override
    public void accept(int token) {
        synchronized (form) {
            form.machine.beginToken();
            for (byte each : form.trie.bytes(token)) {
                at = form.machine.after(at, each & 0xff);
            }
        }
        if (at.isDead()) {
            throw SartorException.defect("token " + token + " was taken though it is not allowed");
        }
    }

    @Override
    public boolean mayEnd() {
        return at.ends();
    }

    @Override
    public boolean isComplete() {
        return at.ends() && at.readings().isEmpty();
    }

    @Override
    public int tokensToClose() {
        return at.cost();
    }

    @Override
    public Constraint fork() {
        return new GrammarConstraint(form, at);
    }
}
