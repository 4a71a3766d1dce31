package dev.sartor.template.value;

/// A stretch of a text, in UTF-16 positions.
///
/// @param begin the first character's position
/// @param end the position after the last character
public record Span(int begin, int end) {
    public Span {
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("not a span: " + begin + " to " + end);
        }
    }
}
