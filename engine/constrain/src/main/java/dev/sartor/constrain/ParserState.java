package dev.sartor.constrain;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All ways to read what was said so far. Its machine fills in what follows as it is asked for.
final class ParserState {
    /// One way: a state of a rule and its callers.
    record Reading(int state, StackFrame frame) {}

    private final List<Reading> readings;
    private final boolean ends;
    private final int cost;
    private final int reach;
    private @Nullable ParserState @Nullable [] after;
    private int generation;
    private Optional<TokenMask> mask = Optional.empty();

    /// @param readings those that go on
    /// @param ends whether the text is complete
    /// @param cost tokens that complete it
    /// @param reach how many callers deep the readings go, what completes them counted
    /// @param generation the machine's
    ParserState(List<Reading> readings, boolean ends, int cost, int reach, int generation) {
        this.readings = readings;
        this.ends = ends;
        this.cost = cost;
        this.reach = reach;
        this.generation = generation;
    }

    boolean isOlderThan(int current) {
        return generation != current;
    }

    /// Forgets what follows and which tokens may.
    void forget(int current) {
        after = null;
        mask = Optional.empty();
        generation = current;
    }

    List<Reading> readings() {
        return readings;
    }

    boolean ends() {
        return ends;
    }

    int cost() {
        return cost;
    }

    int reach() {
        return reach;
    }

    boolean isDead() {
        return !ends && readings.isEmpty();
    }

    @Nullable ParserState known(int letter) {
        return after == null ? null : after[letter];
    }

    /// @return memory that was taken for it
    long learn(int letter, ParserState situation) {
        long taken = 0;
        if (after == null) {
            after = new @Nullable ParserState[256];
            taken = 4L * after.length + 16;
        }
        after[letter] = situation;
        return taken;
    }

    Optional<TokenMask> mask() {
        return mask;
    }

    void learn(TokenMask found) {
        mask = Optional.of(found);
    }
}
