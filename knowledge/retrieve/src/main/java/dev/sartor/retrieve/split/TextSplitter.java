package dev.sartor.retrieve.split;

import dev.sartor.core.Pages;
import dev.sartor.documents.Section;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// Cuts text into pieces of at most so many tokens, at the coarsest joints that do: blocks, lines, sentences, words, and
/// only inside a word where nothing else is left.
///
/// @param tokens counts a text's tokens
public record TextSplitter(int limit, ToIntFunction<String> tokens) {
    /// @param joint what stood between this piece and the one before it
    /// @param header of the table that it is a row of; empty where it is none, or the header itself
    public record Piece(String text, String joint, String header, Pages pages) {
        Piece(String text, String joint) {
            this(text, joint, "", Pages.none());
        }
    }

    private record Level(String joint, Function<String, List<String>> parts) {}

    private static final List<Level> LEVELS =
            List.of(
                    new Level("\n", text -> text.lines().filter(l -> !l.isBlank()).toList()),
                    new Level(" ", TextSplitter::sentences),
                    new Level(" ", text -> List.of(text.strip().split("\\s+"))));

    public List<Piece> pieces(Section section) {
        var pieces = new ArrayList<Piece>();
        for (int block = 0; block < section.blocks().size(); block++) {
            int from = pieces.size();
            split(section.blocks().get(block), "\n\n", 0, pieces);
            var header = header(section.blocks().get(block));
            for (int i = from; i < pieces.size(); i++) {
                var piece = pieces.get(i);
                var above = i == from ? "" : header;
                pieces.set(i, new Piece(piece.text(), piece.joint(), above, section.pages(block)));
            }
        }
        return pieces;
    }

    /// The first row of a table, where it leaves its rows half of the room; else empty.
    private String header(String block) {
        var rows = block.lines().limit(2).toList();
        boolean isTable =
                rows.size() == 2
                        && cells(rows.getFirst()) > 1
                        && cells(rows.getFirst()) == cells(rows.getLast());
        return isTable && tokens.applyAsInt(rows.getFirst()) <= limit / 2 ? rows.getFirst() : "";
    }

    /// How many cells a line of Markdown, or of a table that was read from elsewhere, has.
    private static int cells(String line) {
        var inside = line.strip().replaceFirst("^\\|", "").replaceFirst("\\|$", "");
        return inside.split(" ?\\| ?", -1).length;
    }

    private void split(String text, String joint, int level, List<Piece> into) {
        if (tokens.applyAsInt(text) <= limit) {
            into.add(new Piece(text, joint));
        } else if (level == LEVELS.size()) {
            halve(text, joint, into);
        } else {
            var next = LEVELS.get(level);
            var separator = joint;
            for (var part : next.parts().apply(text)) {
                split(part, separator, level + 1, into);
                separator = next.joint();
            }
        }
    }

    private void halve(String text, String joint, List<Piece> into) {
        int codePoints = text.codePointCount(0, text.length());
        if (codePoints < 2 || tokens.applyAsInt(text) <= limit) {
            into.add(new Piece(text, joint));
            return;
        }
        int middle = text.offsetByCodePoints(0, codePoints / 2);
        halve(text.substring(0, middle), joint, into);
        halve(text.substring(middle), "", into);
    }

    public static List<String> sentences(String text) {
        var iterator = BreakIterator.getSentenceInstance(Locale.ROOT);
        iterator.setText(text);
        var sentences = new ArrayList<String>();
        int start = iterator.first();
        for (int end = iterator.next(); end != BreakIterator.DONE; end = iterator.next()) {
            var sentence = text.substring(start, end).strip();
            if (!sentence.isEmpty()) {
                sentences.add(sentence);
            }
            start = end;
        }
        return sentences;
    }
}
