package dev.sartor.model;

import java.util.Set;

/// WordPiece (Schuster and Nakajima 2012, as in BERT): the longest token from the left, again and again; a word in
/// which that fails somewhere is unknown as a whole.
///
/// @param continuation stands before a token that does not begin its word, `##` in BERT
/// @param longest words of more characters than this are unknown
/// @param control tokens that no text may become, whatever it says
record WordPieces(
        Vocabulary vocabulary, String continuation, int longest, int unknown, Set<Integer> control)
        implements SubwordModel {
    WordPieces {
        control = Set.copyOf(control);
    }

    @Override
    public void tokenize(AlignedText word, TokenList tokens) {
        var text = word.text();
        if (text.isEmpty()) {
            return;
        }
        var found = new TokenList();
        boolean known = text.codePointCount(0, text.length()) <= longest;
        for (int start = 0; known && start < text.length(); ) {
            int end = longestFrom(text, start);
            known = end > start;
            if (known) {
                found.add(id(text, start, end), word.start(start), word.end(end - 1));
            }
            start = end;
        }
        if (known) {
            tokens.addAll(found);
        } else {
            tokens.add(unknown, word.start(0), word.end(text.length() - 1));
        }
    }

    private int longestFrom(String text, int start) {
        int end = text.length();
        while (end > start && id(text, start, end) < 0) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return end;
    }

    private int id(String text, int start, int end) {
        var piece = text.substring(start, end);
        int id = vocabulary.id(start == 0 ? piece : continuation + piece).orElse(-1);
        return control.contains(id) ? -1 : id;
    }
}
