package dev.sartor.core.work;

/// Tells whoever waits how far the work is. Safe for concurrent callers.
public interface Progress {
    /// Begins a piece of work; its end is the step's close.
    ///
    /// @param total how many units there are; 0 where nobody knows
    Step begin(String what, long total, String unit);

    /// A line worth reading now.
    void say(String line);

    static Progress silent() {
        return Silent.PROGRESS;
    }

    /// One piece of work under way.
    public interface Step extends AutoCloseable {
        void advance(long units);

        /// A short figure to show beside the bar, such as the loss.
        void note(String text);

        @Override
        void close();
    }
}
