package dev.sartor.generate.schedule;

/// Sees the tokens of one completion as they come, on the caller's thread.
@FunctionalInterface
public interface TokenSink {
    /// Returns false to end the completion after this token.
    boolean accept(int token);

    static TokenSink all() {
        return _ -> true;
    }
}
