package dev.sartor.retrieve.text;

import dev.sartor.core.Pages;
import dev.sartor.retrieve.split.TextSplitter;
import java.util.ArrayList;
import java.util.List;

/// A chunk's text as pieces are put to it, and what each of them is of.
record Growing(String text, List<Part> parts) {
    /// @param letters how many characters that are not blank
    public record Part(int letters, Pages pages) {}

    Growing {
        parts = List.copyOf(parts);
    }

    static Growing empty() {
        return new Growing("", List.of());
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    Growing with(TextSplitter.Piece piece) {
        var longer = new ArrayList<>(parts);
        longer.add(new Part(letters(piece.text()), piece.pages()));
        return new Growing(isEmpty() ? piece.text() : text + piece.joint() + piece.text(), longer);
    }

    /// Its end alone.
    ///
    /// @param tail what the text ends with, but for blanks
    Growing end(String tail) {
        int letters = letters(tail);
        var pages = Pages.none();
        int left = letters;
        for (int i = parts.size() - 1; i >= 0 && left > 0; i--) {
            pages = pages.and(parts.get(i).pages());
            left -= parts.get(i).letters();
        }
        return new Growing(tail, List.of(new Part(letters, pages)));
    }

    /// From the first of its parts' to the last.
    Pages pages() {
        return parts.stream().map(Part::pages).reduce(Pages.none(), Pages::and);
    }

    private static int letters(String text) {
        return (int) text.chars().filter(c -> !Character.isWhitespace(c)).count();
    }
}
