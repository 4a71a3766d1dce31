package dev.sartor.documents;

import java.util.ArrayList;
import java.util.List;

/// What stands in documents and is not seen by whoever reads them, counted as it was left out. A model would read it.
///
/// @param characters that take no space or turn the direction of others
/// @param elements of HTML that are not displayed, or whose letters have the colour of what they stand on
/// @param comments in HTML and Markdown
public record HiddenText(int characters, int elements, int comments) {
    public static HiddenText none() {
        return new HiddenText(0, 0, 0);
    }

    public HiddenText plus(HiddenText other) {
        return new HiddenText(
                characters + other.characters,
                elements + other.elements,
                comments + other.comments);
    }

    boolean isNone() {
        return equals(none());
    }

    /// Such as `3 invisible characters, 1 comment`.
    @Override
    public String toString() {
        var parts = new ArrayList<String>();
        add(parts, characters, "invisible character");
        add(parts, elements, "hidden element");
        add(parts, comments, "comment");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String name) {
        if (count > 0) {
            parts.add(count + " " + name + (count == 1 ? "" : "s"));
        }
    }
}
