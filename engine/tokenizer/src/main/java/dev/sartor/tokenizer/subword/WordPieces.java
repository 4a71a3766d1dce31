package dev.sartor.tokenizer.subword;

import dev.sartor.tokenizer.text.AlignedText;
import dev.sartor.tokenizer.text.TextTrie;
import java.util.Set;

/// WordPiece (Schuster and Nakajima 2012, as in BERT): the longest token from the left, again and again; a word in
/// which that fails somewhere is unknown as a whole.
public final class WordPieces implements SubwordModel {
    private final TextTrie beginnings = new TextTrie();
    private final TextTrie continuations = new TextTrie();
    private final int longest;
    private final int unknown;
    private final WordCache cache = new WordCache();

    /// @param continuation stands before a token that does not begin its word, `##` in BERT
    /// @param longest words of more characters than this are unknown
    /// @param control tokens that no text may become, whatever it says
    public WordPieces(
            Vocabulary vocabulary,
            String continuation,
            int longest,
            int unknown,
            Set<Integer> control) {
        this.longest = longest;
        this.unknown = unknown;
        for (int id = 0; id < vocabulary.size(); id++) {
            var token = vocabulary.token(id);
            if (control.contains(id) || vocabulary.id(token).orElse(-1) != id) {
                continue;
            }
            beginnings.put(token, id);
            if (token.startsWith(continuation)) {
                continuations.put(token.substring(continuation.length()), id);
            }
        }
    }

    @Override
    public void tokenize(AlignedText word, TokenList tokens) {
        if (word.length() > 0) {
            cache.get(word, this::pieces).addTo(tokens, word);
        }
    }

    private Pieces pieces(String word) {
        var found = new TokenList();
        boolean known = word.codePointCount(0, word.length()) <= longest;
        for (int start = 0; known && start < word.length(); ) {
            int end = addLongest(word, start, found);
            known = end > start;
            start = end;
        }
        return known
                ? new Pieces(found.ids(), found.starts(), found.ends())
                : new Pieces(new int[] {unknown}, new int[] {0}, new int[] {word.length()});
    }

    /// @return where the longest token from here ends; `start` where there is none
    private int addLongest(String word, int start, TokenList found) {
        var trie = start == 0 ? beginnings : continuations;
        int best = TextTrie.NONE;
        int end = start;
        int node = TextTrie.ROOT;
        for (int i = start; i < word.length(); i++) {
            node = trie.step(node, word.charAt(i));
            if (node == TextTrie.NONE) {
                break;
            }
            if (trie.value(node) != TextTrie.NONE) {
                best = trie.value(node);
                end = i + 1;
            }
        }
        if (end > start) {
            found.add(best, start, end);
        }
        return end;
    }
}
