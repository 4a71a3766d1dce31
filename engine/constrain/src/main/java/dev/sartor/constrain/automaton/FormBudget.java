package dev.sartor.constrain.automaton;

import dev.sartor.core.SartorException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// What the preparation of one form may cost, counted before the work is done and the memory taken. It is bound to the
/// thread that prepares the form, so that schemas, expressions and automata count on one account; without one bound,
/// nothing is counted. Used by one thread but for {@link #cancel}.
public final class FormBudget {
    /// About six seconds on one core: an object of 64 KiB of schema whose 1,300 properties may all be left out takes three.
    private static final long MOST_STEPS = 500_000_000;

    private static final int MOST_STATES = 1_000_000;
    private static final int MOST_EDGES = 2_000_000;

    /// Integers that hold sets of states while automata are made: 32 MB.
    private static final long MOST_MEMBERS = 8_000_000;

    /// Characters of the names of a schema's rules.
    private static final long MOST_NAMES = 16_000_000;

    private static final Duration LONGEST = Duration.ofSeconds(20);

    /// How many steps lie between two looks at the clock.
    private static final int GLANCE = 1 << 14;

    private static final ScopedValue<FormBudget> CURRENT = ScopedValue.newInstance();

    private long deadline;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private long steps;
    private long nextGlance;
    private long states;
    private long edges;
    private long members;
    private long names;

    /// Calls the work with the budget bound to this thread. The time counts from now on.
    public <T> T spend(ScopedValue.CallableOp<T, RuntimeException> work) {
        deadline = System.nanoTime() + LONGEST.toNanos();
        nextGlance = 0;
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /// Ends the preparation at its next step.
    public void cancel() {
        cancelled.set(true);
    }

    public static void steps(long count) {
        if (CURRENT.isBound()) {
            CURRENT.get().addSteps(count);
        }
    }

    /// States of automata that stay.
    static void states(int count) {
        if (CURRENT.isBound()) {
            var own = CURRENT.get();
            own.states += count;
            refuseAbove(own.states, MOST_STATES, "states of automata");
        }
    }

    /// Edges of automata that stay.
    static void edges(int count) {
        if (CURRENT.isBound()) {
            var own = CURRENT.get();
            own.edges += count;
            refuseAbove(own.edges, MOST_EDGES, "edges of automata");
        }
    }

    static void members(int count) {
        if (CURRENT.isBound()) {
            var own = CURRENT.get();
            own.members += count;
            refuseAbove(own.members, MOST_MEMBERS, "members of sets of states");
        }
    }

    public static void names(int characters) {
        if (CURRENT.isBound()) {
            var own = CURRENT.get();
            own.names += characters;
            refuseAbove(own.names, MOST_NAMES, "characters of merged schemas");
            own.addSteps(characters);
        }
    }

    private void addSteps(long count) {
        steps += count;
        if (steps < nextGlance) {
            return;
        }
        nextGlance = steps + GLANCE;
        refuseAbove(steps, MOST_STEPS, "steps of work");
        if (cancelled.get()) {
            throw SartorException.stopped("nobody waits for this form any more");
        }
        if (System.nanoTime() - deadline > 0) {
            throw SartorException.user(
                    "the form of the answer must be prepared within "
                            + LONGEST.toSeconds()
                            + " s, and it is not: use a simpler schema or expression");
        }
    }

    private static void refuseAbove(long value, long most, String what) {
        if (value > most) {
            throw SartorException.user(
                    "the form of the answer is too large: its preparation needs more than "
                            + most
                            + " "
                            + what
                            + ". Use smaller counts in repetitions and lengths, fewer branches, or a"
                            + " simpler expression");
        }
    }
}
