package dev.sartor.generate;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All ways to read what was said so far. Its machine fills in what follows as it is asked for.
final class Situation {
    /// One way: a state of a rule and its callers.
    record Reading(int state, Frame frame) {}

    private final List<Reading> readings;
    private final boolean ends;
    private final int cost;
    private final int reach;
    private final @Nullable Situation[] after = new @Nullable Situation[256];
    private Optional<TokenMask> mask = Optional.empty();

    /// @param readings those that go on
    /// @param ends whether the text is complete
    /// @param cost tokens that complete it
    /// @param reach how many callers deep the readings go, what completes them counted
    Situation(List<Reading> readings, boolean ends, int cost, int reach) {
        this.readings = readings;
        this.ends = ends;
        this.cost = cost;
        this.reach = reach;
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

    @Nullable Situation known(int letter) {
        return after[letter];
    }

    void learn(int letter, Situation situation) {
        after[letter] = situation;
    }

    Optional<TokenMask> mask() {
        return mask;
    }

    void learn(TokenMask found) {
        mask = Optional.of(found);
    }
}
