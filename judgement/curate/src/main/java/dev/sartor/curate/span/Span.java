package dev.sartor.curate.span;

/// Some chars of a text, from `start` to before `end`.
public interface Span {
    int start();

    int end();

    default int length() {
        return end() - start();
    }

    default boolean overlaps(Span other) {
        return start() < other.end() && other.start() < end();
    }
}
