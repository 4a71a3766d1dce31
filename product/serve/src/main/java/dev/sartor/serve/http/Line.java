package dev.sartor.serve.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Those who wait for a place, by the tenant that they are of. Whose turn it is goes by deficit round robin over tokens (Shreedhar
/// and Varghese 1996): each turn adds the same number of tokens to what a tenant may take, so that nobody gets more of the
/// server by asking more often or for more at once. Within a tenant first come, first served. Not thread-safe.
final class Line<T extends Line.Waiting> {
    /// Tokens that a turn adds.
    static final long QUANTUM = 64;

    private static final long MOST_CREDIT = 1 << 20;

    /// Who waits.
    interface Waiting {
        /// Who shares a turn with it.
        String flow();

        /// Who it must not be passed by: its own holder's later ones.
        Object holder();

        /// Tokens that it takes, as far as is known before.
        long cost();
    }

    private static final class Flow<T> {
        private final List<T> waiting = new ArrayList<>();
        private long deficit;
        private boolean isCredited;
    }

    private final Map<String, Flow<T>> flows = new HashMap<>();
    private final Deque<Flow<T>> turns = new ArrayDeque<>();
    private int size;

    int size() {
        return size;
    }

    Stream<T> all() {
        return turns.stream().flatMap(flow -> flow.waiting.stream());
    }

    void add(T one) {
        var flow =
                flows.computeIfAbsent(
                        one.flow(),
                        _ -> {
                            var begun = new Flow<T>();
                            turns.addLast(begun);
                            return begun;
                        });
        flow.waiting.add(one);
        size++;
    }

    /// @return whether it was there
    boolean remove(T one) {
        var flow = flows.get(one.flow());
        if (flow == null || !flow.waiting.remove(one)) {
            return false;
        }
        size--;
        if (flow.waiting.isEmpty()) { // whoever comes again begins anew
            flows.remove(one.flow());
            turns.remove(flow);
        }
        return true;
    }

    /// Takes the next one out of the line.
    ///
    /// @param hasShare whether its holder may have more at all; whoever may not is passed by others, not by its own later ones
    /// @param hasRoom whether it could go now; if the next one could not, nobody goes
    Optional<T> next(Predicate<T> hasShare, Predicate<T> hasRoom) {
        int inVain = 0;
        while (inVain < turns.size()) {
            var flow = turns.getFirst();
            var first = first(flow, hasShare);
            if (first.isEmpty()) {
                endTurn();
                inVain++;
                continue;
            }
            inVain = 0;
            credit(flow);
            if (first.get().cost() > flow.deficit) {
                endTurn();
            } else if (hasRoom.test(first.get())) {
                flow.deficit -= first.get().cost();
                remove(first.get());
                return first;
            } else {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// What one of a flow's was to take and did not is the flow's again, while more of it wait.
    void giveBack(String name, long tokens) {
        var flow = flows.get(name);
        if (flow != null) {
            flow.deficit = Math.clamp(flow.deficit + tokens, -MOST_CREDIT, MOST_CREDIT);
        }
    }

    private Optional<T> first(Flow<T> flow, Predicate<T> hasShare) {
        var passed = new HashSet<Object>();
        for (var each : flow.waiting) {
            if (!passed.contains(each.holder()) && hasShare.test(each)) {
                return Optional.of(each);
            }
            passed.add(each.holder());
        }
        return Optional.empty();
    }

    private void credit(Flow<T> flow) {
        if (!flow.isCredited) {
            flow.isCredited = true;
            flow.deficit += QUANTUM;
        }
    }

    private void endTurn() {
        var flow = turns.removeFirst();
        flow.isCredited = false;
        turns.addLast(flow);
    }
}
