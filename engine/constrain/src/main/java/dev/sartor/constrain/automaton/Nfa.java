package dev.sartor.constrain.automaton;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A nondeterministic automaton made from an expression (Thompson 1968): state 0 starts, state 1 accepts.
final class Nfa {
    private static final int MOST_STATES = 400_000;
    private static final int MOST_EDGES = 2_000_000;

    /// @param low,high letters, or one of the marks below in both
    record Edge(int low, int high, int target) {
        boolean isFree() {
            return low < 0;
        }
    }

    private static final int FREE = -1;
    private static final int AT_START = -2;
    private static final int AT_END = -3;

    private final List<List<Edge>> edges = new ArrayList<>();
    private int count;

    /// Whether a `$` is in it.
    private boolean hasEnds;

    /// The closure in which a state was seen last.
    private int[] seen = new int[0];

    private int round;

    private Nfa() {}

    static Nfa of(Expression expression) {
        var nfa = new Nfa();
        int start = nfa.state();
        int accept = nfa.state();
        nfa.add(expression, start, accept);
        nfa.seen = new int[nfa.edges.size()];
        return nfa;
    }

    /// The states reachable without a letter, sorted; those without a letter of their own are left out.
    ///
    /// @param start whether the place is before the first letter
    /// @param end whether it is after the last
    int[] closure(int[] from, boolean start, boolean end) {
        round++;
        var found = new int[Math.max(8, from.length)];
        int count = 0;
        for (int state : from) {
            if (seen[state] != round) {
                seen[state] = round;
                found[count++] = state;
            }
        }
        for (int i = 0; i < count; i++) {
            var leaving = edges.get(found[i]);
            FormBudget.steps(1L + leaving.size());
            for (var edge : leaving) {
                boolean passes =
                        edge.low == FREE
                                || (edge.low == AT_START && start)
                                || (edge.low == AT_END && end);
                if (passes && seen[edge.target] != round) {
                    seen[edge.target] = round;
                    found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                    found[count++] = edge.target;
                }
            }
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (isLasting(found[i])) {
                found[kept++] = found[i];
            }
        }
        var sorted = Arrays.copyOf(found, kept);
        Arrays.sort(sorted);
        return sorted;
    }

    /// Whether the state itself matters, and not only those that it leads to without a letter.
    private boolean isLasting(int state) {
        if (state == 1) {
            return true;
        }
        for (var edge : edges.get(state)) {
            if (!edge.isFree() || edge.low == AT_END) {
                return true;
            }
        }
        return false;
    }

    /// Whether a text may end in one of the states.
    boolean accepts(int[] closed, boolean start) {
        return Arrays.binarySearch(closed, 1) >= 0
                || (hasEnds && Arrays.binarySearch(closure(closed, start, true), 1) >= 0);
    }

    List<Edge> edges(int state) {
        return edges.get(state);
    }

    private int state() {
        FormBudget.steps(4);
        refuseAbove(edges.size() + 1, MOST_STATES, "states");
        edges.add(new ArrayList<>(2));
        return edges.size() - 1;
    }

    private void join(int from, int letter, int to) {
        edge(from, letter, letter, to);
    }

    private void edge(int from, int low, int high, int to) {
        FormBudget.steps(2);
        refuseAbove(++count, MOST_EDGES, "edges");
        hasEnds |= low == AT_END;
        edges.get(from).add(new Edge(low, high, to));
    }

    private static void refuseAbove(int value, int most, String what) {
        if (value > most) {
            throw SartorException.user(
                    "the form of the answer is too large: it needs more than "
                            + most
                            + " "
                            + what
                            + ". Use smaller counts in repetitions and lengths");
        }
    }

    private void add(Expression expression, int from, int to) {
        switch (expression) {
            case Expression.Letters(int low, int high) -> edge(from, low, high, to);
            case Expression.Edge(boolean start) -> join(from, start ? AT_START : AT_END, to);
            case Expression.Choice(var options) -> options.forEach(each -> add(each, from, to));
            case Expression.Sequence(var parts) -> addSequence(parts, from, to);
            case Expression.Repetition repetition -> addRepetition(repetition, from, to);
            case Expression.Words(var automaton) -> addWords(automaton, from, to);
            case Expression.Members members -> addMembers(members, from, to);
        }
    }

    private void addSequence(List<Expression> parts, int from, int to) {
        int at = from;
        for (var part : parts) {
            int next = state();
            add(part, at, next);
            at = next;
        }
        join(at, FREE, to);
    }

    private void addRepetition(Expression.Repetition repetition, int from, int to) {
        int at = from;
        for (int i = 0; i < repetition.least(); i++) {
            int next = state();
            add(repetition.part(), at, next);
            at = next;
        }
        if (repetition.most() == Expression.Repetition.UNBOUNDED) {
            int loop = state();
            join(at, FREE, loop);
            add(repetition.part(), loop, loop);
            join(loop, FREE, to);
            return;
        }
        for (int i = repetition.least(); i < repetition.most(); i++) {
            int next = state();
            join(at, FREE, to);
            add(repetition.part(), at, next);
            at = next;
        }
        join(at, FREE, to);
    }

    private void addWords(Automaton automaton, int from, int to) {
        var places = new int[automaton.states()];
        for (int i = 0; i < places.length; i++) {
            places[i] = state();
        }
        join(from, FREE, places[0]);
        for (int i = 0; i < places.length; i++) {
            if (automaton.accepts(i)) {
                join(places[i], FREE, to);
            }
            int source = places[i];
            automaton.forEachEdge(
                    i, (low, high, target) -> edge(source, low, high, places[target]));
        }
    }

    /// Three rows of states: nothing was written so far, something was, something was and a comma. A member's word is there
    /// once, behind the first and the last of them.
    private void addMembers(Expression.Members members, int from, int to) {
        int none = from;
        int some = state();
        int comma = state();
        add(members.comma(), some, comma);
        for (var member : members.members()) {
            int word = state();
            int someAfter = state();
            int commaAfter = state();
            join(none, FREE, word);
            join(comma, FREE, word);
            add(member.word(), word, someAfter);
            add(members.comma(), someAfter, commaAfter);
            int noneAfter = state();
            if (!member.required()) {
                join(none, FREE, noneAfter);
                join(some, FREE, someAfter);
                join(comma, FREE, commaAfter);
            }
            none = noneAfter;
            some = someAfter;
            comma = commaAfter;
        }
        int last = some;
        int before = none;
        int behind = comma;
        members.more()
                .ifPresent(more -> {
                    add(more, before, last);
                    add(more, behind, last);
                });
        join(none, FREE, to);
        join(some, FREE, to);
    }
}
