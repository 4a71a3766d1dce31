package dev.sartor.promptsearch.answer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToDoubleFunction;

/// How long calls take, by those before: nobody can promise how long the next one takes. Reserved is twice what the last ones took on the mean, by
/// tokens or by questions, whichever is more, and once as long as the slowest of them: a call stalls now and then, but not each.
final class Pace {
    /// Seconds a token, before anything is measured: slower than a small model reads on a laptop's processor.
    private static final double UNKNOWN = 0.01;

    private static final int REMEMBERED = 16;
    private static final double CARE = 2;

    private final Deque<Call> last = new ArrayDeque<>();
    private boolean isWarm;

    private record Call(long tokens, int questions, double seconds) {}

    /// Seconds that a call takes at most, as far as one can tell.
    double most(long tokens, int questions) {
        if (last.isEmpty()) {
            return CARE * UNKNOWN * tokens;
        }
        double usual =
                Math.max(
                        sum(Call::seconds) / sum(Call::tokens) * tokens,
                        sum(Call::seconds) / sum(Call::questions) * questions);
        double slowest = last.stream().mapToDouble(Call::seconds).max().orElseThrow();
        return CARE * usual + (questions == 0 ? 0 : slowest);
    }

    private double sum(ToDoubleFunction<Call> of) {
        return last.stream().mapToDouble(of).sum();
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
