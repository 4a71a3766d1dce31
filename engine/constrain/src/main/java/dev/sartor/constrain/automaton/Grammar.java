package dev.sartor.constrain.automaton;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.List;

/// Rules that call each other, each a deterministic automaton over bytes and calls; rule 0 is the whole text. States are
/// numbered through all rules. A pushdown automaton, in other words (a recursive transition network, Woods 1970). Immutable.
public final class Grammar {
    /// @param rule called
    /// @param target where the caller goes on
    public record Call(int rule, int target) {}

    private final List<Automaton> rules;

    /// The first state of each rule.
    private final int[] starts;

    /// The rule of each state.
    private final int[] rulesOf;

    private final List<List<Call>> calls = new ArrayList<>();

    private Grammar(List<Automaton> rules) {
        this.rules = List.copyOf(rules);
        this.starts = new int[rules.size()];
        int states = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = states;
            states += rules.get(i).states();
        }
        this.rulesOf = new int[states];
        for (int state = 0, rule = 0; state < states; state++) {
            rule += state == starts[rule] + rules.get(rule).states() ? 1 : 0;
            rulesOf[state] = rule;
            calls.add(callsOf(rule, state - starts[rule]));
        }
        refuseEndlessCalls();
    }

    private List<Call> callsOf(int rule, int local) {
        var found = new ArrayList<Call>();
        rules.get(rule)
                .forEachEdge(
                        local,
                        (low, high, target) -> {
                            for (int l = Math.max(low, Expression.FIRST_CALL); l <= high; l++) {
                                found.add(
                                        new Call(l - Expression.FIRST_CALL, starts[rule] + target));
                            }
                        });
        return List.copyOf(found);
    }

    /// @param rules those that calls name, in their order; the first is the whole text
    public static Grammar of(List<Automaton> rules) {
        return new Grammar(rules);
    }

    /// A text that one expression describes.
    public static Grammar of(Expression whole) {
        return new Grammar(List.of(Automaton.of(whole)));
    }

    public int states() {
        return rulesOf.length;
    }

    int rules() {
        return starts.length;
    }

    /// The first state of a rule.
    public int start(int rule) {
        return starts[rule];
    }

    public boolean accepts(int state) {
        int rule = rulesOf[state];
        return rules.get(rule).accepts(state - starts[rule]);
    }

    /// The state after a byte; {@link Automaton#DEAD} where none can come.
    public int step(int state, int letter) {
        int rule = rulesOf[state];
        int target = rules.get(rule).step(state - starts[rule], letter);
        return target == Automaton.DEAD ? target : starts[rule] + target;
    }

    public List<Call> calls(int state) {
        return calls.get(state);
    }

    /// Byte edges of a state, runs of bytes with one target.
    public void forEachByteEdge(int state, Automaton.EdgeSink sink) {
        int rule = rulesOf[state];
        rules.get(rule)
                .forEachEdge(
                        state - starts[rule],
                        (low, high, target) -> {
                            if (low < Expression.FIRST_CALL) {
                                sink.accept(
                                        low,
                                        Math.min(high, Expression.FIRST_CALL - 1),
                                        starts[rule] + target);
                            }
                        });
    }

    /// Memory that it takes, with what is found out about its states.
    public long bytes() {
        return rules.stream().mapToLong(Automaton::bytes).sum() + 64L * states();
    }

    /// A rule that calls itself before its first byte describes nothing.
    private void refuseEndlessCalls() {
        var done = new boolean[rules()];
        for (int rule = 0; rule < rules(); rule++) {
            descend(rule, new boolean[rules()], done);
        }
    }

    private void descend(int rule, boolean[] open, boolean[] done) {
        if (open[rule]) {
            throw SartorException.user(
                    "the schema refers to itself without anything in between: a $ref must stand"
                            + " under properties or items of what it refers to");
        }
        if (done[rule]) {
            return;
        }
        open[rule] = true;
        calls(start(rule)).forEach(call -> descend(call.rule(), open, done));
        open[rule] = false;
        done[rule] = true;
    }
}
