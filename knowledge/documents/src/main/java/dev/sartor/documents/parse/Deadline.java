package dev.sartor.documents.parse;

import java.time.Duration;

/// Until when a file may be read in this process: patterns that look at a {@link #timed} text end in time, whatever stands
/// in it. Not thread-safe.
public final class Deadline {
    /// So many characters are looked at between two looks at the clock.
    private static final int BETWEEN = 1 << 16;

    private final long end;
    private final boolean ends;
    private int looks;

    private Deadline(long end, boolean ends) {
        this.end = end;
        this.ends = ends;
    }

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos(), true);
    }

    static Deadline never() {
        return new Deadline(0, false);
    }

    /// Thrown by a look at a text after its time.
    public static final class Passed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    CharSequence timed(CharSequence text) {
        return ends ? new Timed(text, this) : text;
    }

    private void look() {
        looks++;
        if (looks % BETWEEN == 0 && System.nanoTime() - end > 0) {
            throw new Passed();
        }
    }

    private record Timed(CharSequence text, Deadline deadline) implements CharSequence {
        @Override
        public char charAt(int index) {
            deadline.look();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
