package dev.sartor.promptsearch.answer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToDoubleFunction;

/// How long calls take, by those before: nobody can promise how long the next one takes. Twice what the slowest of the last ones took is
/// reserved for each, by tokens or by questions, whichever is more.
final class Pace {
    /// Seconds a token, before anything is measured: slower than a small model reads on a laptop's processor.
    private static final double UNKNOWN = 0.01;

    private static final int REMEMBERED = 8;
    private static final double CARE = 2;

    private final Deque<Call> last = new ArrayDeque<>();
    private boolean isWarm;

    private record Call(long tokens, int questions, double seconds) {}

    /// Seconds that a call takes at most, as far as one can tell.
    double most(long tokens, int questions) {
        if (last.isEmpty()) {
            return CARE * UNKNOWN * tokens;
        }
        return CARE
                * Math.max(
                        slowest(each -> each.seconds() / each.tokens()) * tokens,
                        slowest(each -> each.seconds() / each.questions()) * questions);
    }

    private double slowest(ToDoubleFunction<Call> pace) {
        return last.stream().mapToDouble(pace).max().orElseThrow();
    }

    /// The first call of a sitting warms up, and says nothing of the others.
    void took(long tokens, int questions, double seconds) {
        if (isWarm) {
            recall(tokens, questions, seconds);
        }
        isWarm = true;
    }

    /// A call of an earlier sitting.
    void recall(long tokens, int questions, double seconds) {
        if (last.size() == REMEMBERED) {
            last.removeFirst();
        }
        last.addLast(new Call(tokens, questions, seconds));
    }
}
