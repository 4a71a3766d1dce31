package dev.sartor.cli.console;

/// Counts a text's code points up to places that mostly rise, so that a long text is walked through once. Not thread-safe.
public final class CodePoints {
    private final String text;
    private int place;
    private int count;

    public CodePoints(String text) {
        this.text = text;
    }

    /// @param index in UTF-16
    public int before(int index) {
        count +=
                index >= place
                        ? text.codePointCount(place, index)
                        : -text.codePointCount(index, place);
        place = index;
        return count;
    }
}
