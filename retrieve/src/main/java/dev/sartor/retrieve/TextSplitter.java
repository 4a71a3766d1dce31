package dev.sartor.retrieve;

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
record TextSplitter(int limit, ToIntFunction<String> tokens) {
    /// @param joint what stood between this piece and the one before it
    record Piece(String text, String joint) {}

    private record Level(String joint, Function<String, List<String>> parts) {}

    private static final List<Level> LEVELS =
            List.of(
                    new Level("\n", text -> text.lines().filter(l -> !l.isBlank()).toList()),
                    new Level(" ", TextSplitter::sentences),
                    new Level(" ", text -> List.of(text.strip().split("\\s+"))));

    List<Piece> pieces(List<String> blocks) {
        var pieces = new ArrayList<Piece>();
        for (var block : blocks) {
            split(block, "\n\n", 0, pieces);
        }
        return pieces;
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

    static List<String> sentences(String text) {
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
