package dev.sartor.constrain;

import dev.sartor.constrain.automaton.Automaton;
import dev.sartor.constrain.automaton.Grammar;
import dev.sartor.core.SartorException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads texts by a grammar, byte after byte, in all possible ways at once; what it has found out once it keeps. Not
/// thread-safe.
final class PushdownMachine {
    /// How many calls deep a text may go. JSON readers refuse what is nested too deeply.
    private static final int MOST_DEPTH = 64;

    private static final int MOST_READINGS = 2000;

    /// What is kept of situations and masks before it is found out anew.
    private static final long MOST_BYTES = 24L << 20;

    /// Readings that are looked at for one token: about two seconds.
    private static final int MOST_STEPS = 20_000_000;

    /// What may be found out for one token in addition.
    private static final long MOST_TOKEN_BYTES = 2 * MOST_BYTES;

    private static final int SITUATION_BYTES = 160;
    private static final int READING_BYTES = 40;
    private static final Comparator<ParserState.Reading> ORDER =
            Comparator.comparingInt(ParserState.Reading::state)
                    .thenComparingInt(reading -> reading.frame().number());

    private record Content(List<ParserState.Reading> readings, boolean ends) {}

    private record Callers(int target, StackFrame below) {}

    private final Grammar grammar;
    private final ClosingCosts costs;
    private final BitSet reading = new BitSet();
    private final StackFrame bottom = StackFrame.bottom();
    private final Map<Content, ParserState> situations = new HashMap<>();
    private final Map<Callers, StackFrame> frames = new HashMap<>();
    private int made;
    private long bytes;
    private long steps;
    private int generation;

    PushdownMachine(Grammar grammar, ClosingCosts costs) {
        this.grammar = grammar;
        this.costs = costs;
        for (int state = 0; state < grammar.states(); state++) {
            int each = state;
            grammar.forEachByteEdge(state, (low, high, target) -> reading.set(each));
        }
    }

    /// Begins to count the work anew, for the next token.
    void beginToken() {
        steps = 0;
        if (bytes > MOST_BYTES) {
            situations.clear();
            frames.clear();
            bytes = 0;
            generation++; // what situations know of others is forgotten when they are next looked
            // at
        }
    }

    /// Counts work for the token.
    ///
    /// @throws SartorException a user's error where it is too much
    void count(int more) {
        steps += more;
        if (steps > MOST_STEPS || bytes > MOST_TOKEN_BYTES) {
            bytes = MOST_TOKEN_BYTES; // so that it is forgotten before the next
            throw tooAmbiguous("takes more than " + MOST_STEPS + " steps or 48 MiB for one token");
        }
    }

    /// Memory that is held by what was found out.
    long bytes() {
        return bytes;
    }

    /// How often everything was forgotten.
    int generation() {
        return generation;
    }

    /// Counts memory that is held as long as the situations are.
    void keeps(long more) {
        bytes += more;
    }

    ParserState start() {
        return at(grammar.start(0), bottom);
    }

    /// A state without callers.
    ParserState alone(int state) {
        return at(state, bottom);
    }

    /// Where a frame's innermost caller goes on.
    ParserState returned(StackFrame frame) {
        return at(frame.target(), frame.below());
    }

    /// Whether readings that go this deep may stand above the frame.
    boolean holds(StackFrame frame, int reach) {
        return frame.depth() + reach <= MOST_DEPTH;
    }

    private ParserState at(int state, StackFrame frame) {
        var closure = new Closure();
        closure.add(state, frame);
        return closure.situation();
    }

    ParserState after(ParserState situation, int letter) {
        if (situation.isOlderThan(generation)) {
            situation.forget(generation);
        }
        var known = situation.known(letter);
        if (known != null) {
            return known;
        }
        var closure = new Closure();
        for (var each : situation.readings()) {
            int target = grammar.step(each.state(), letter);
            if (target != Automaton.DEAD) {
                closure.add(target, each.frame());
            }
        }
        var found = closure.situation();
        bytes += situation.learn(letter, found);
        return found;
    }

    /// What can be reached without a byte: through calls and ends of rules.
    private final class Closure {
        private final Set<ParserState.Reading> seen = new HashSet<>();
        private final List<ParserState.Reading> kept = new ArrayList<>();
        private final ArrayDeque<ParserState.Reading> open = new ArrayDeque<>();
        private boolean ends;

        void add(int state, StackFrame frame) {
            offer(state, frame);
            while (!open.isEmpty()) {
                expand(open.removeLast());
            }
        }

        private void offer(int state, StackFrame frame) {
            count(1);
            if (costs.tokens(state) < ClosingCosts.NONE && holds(frame, costs.height(state))) {
                var each = new ParserState.Reading(state, frame);
                if (seen.add(each)) {
                    open.add(each);
                }
            }
        }

        private void expand(ParserState.Reading each) {
            int state = each.state();
            var frame = each.frame();
            if (reading.get(state)) {
                keep(each);
            }
            if (grammar.accepts(state)) {
                if (frame.isBottom()) {
                    ends = true;
                } else {
                    offer(frame.target(), frame.below());
                }
            }
            for (var call : grammar.calls(state)) {
                call(call, frame);
            }
        }

        /// A call that is the last thing its rule does needs no place to return to.
        private void call(Grammar.Call call, StackFrame frame) {
            int target = call.target();
            boolean possible =
                    costs.tokens(target) < ClosingCosts.NONE && holds(frame, costs.height(target));
            if (possible) {
                var callers = costs.isLast(target) ? frame : pushed(target, frame);
                offer(grammar.start(call.rule()), callers);
            }
        }

        private void keep(ParserState.Reading each) {
            if (kept.size() == MOST_READINGS) {
                throw tooAmbiguous("can be read in more than " + MOST_READINGS + " ways at once");
            }
            kept.add(each);
        }

        ParserState situation() {
            kept.sort(ORDER);
            return situations.computeIfAbsent(
                    new Content(List.copyOf(kept), ends), PushdownMachine.this::made);
        }
    }

    private static SartorException tooAmbiguous(String what) {
        return SartorException.unheldForm(
                "the schema is too ambiguous: its text "
                        + what
                        + ". Give the branches of anyOf a property with different const values first");
    }

    private ParserState made(Content content) {
        bytes += SITUATION_BYTES + (long) READING_BYTES * content.readings().size();
        int cost = content.ends() ? 0 : ClosingCosts.NONE;
        int reach = 0;
        for (var each : content.readings()) {
            cost = Math.min(cost, costs.tokens(each.state()) + each.frame().cost());
            reach = Math.max(reach, each.frame().depth() + costs.height(each.state()));
        }
        return new ParserState(content.readings(), content.ends(), cost, reach, generation);
    }

    private StackFrame pushed(int target, StackFrame below) {
        return frames.computeIfAbsent(
                new Callers(target, below),
                _ -> {
                    bytes += SITUATION_BYTES;
                    return below.above(target, ++made, costs.tokens(target));
                });
    }
}
