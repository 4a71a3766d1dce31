package dev.sartor.cli;

/// Counts a text's code points up to places that mostly rise, so that a long text is walked through once. Not thread-safe.
final class CodePoints {
    private final String text;
    private int place;
    private int count;

    CodePoints(String text) {
        this.text = text;
    }

    /// @param index in UTF-16
    int before(int index) {
        count +=
                index >= place
                        ? text.codePointCount(place, index)
                        : -text.codePointCount(index, place);
        place = index;
        return count;
    }
}
