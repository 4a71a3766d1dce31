package dev.sartor.tokenizer.subword;

import dev.sartor.core.SartorException;
import dev.sartor.tokenizer.text.AlignedText;
import dev.sartor.tokenizer.text.TextTrie;
import dev.sartor.tokenizer.text.Utf8;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;

/// The unigram language model (Kudo 2018): of all ways to cut a word into tokens, the most likely one.
public final class UnigramPieces implements SubwordModel {
    /// How much worse than the least likely token a character is that has none (sentencepiece, unigram_model.cc).
    private static final double UNKNOWN_PENALTY = 10;

    /// @param unknown the token for a character that has none
    /// @param byteFallback whether such a character is written as tokens `<0xNN>` where the vocabulary has them
    /// @param single whether sums of scores are kept in single precision, as sentencepiece does and HF does not
    public record Rules(OptionalInt unknown, boolean byteFallback, boolean single) {}

    private final double[] scores;
    private final Rules rules;
    private final double unknownScore;
    private final TextTrie trie = new TextTrie();
    private final int[] byteIds;
    private final WordCache cache = new WordCache();

    /// @param scores log-probabilities by token
    /// @param left tokens that no text may become, whatever it says
    public UnigramPieces(Vocabulary vocabulary, double[] scores, Rules rules, Set<Integer> left) {
        this(vocabulary, scores, rules, left, Arrays.stream(scores).min().orElse(0));
    }

    /// @param least the score that an unknown character's is worse than
    public UnigramPieces(
            Vocabulary vocabulary, double[] scores, Rules rules, Set<Integer> left, double least) {
        this.scores = scores.clone();
        this.rules = rules;
        for (int id = 0; id < scores.length; id++) {
            if (!left.contains(id) && !vocabulary.token(id).isEmpty()) {
                trie.put(vocabulary.token(id), id);
            }
        }
        this.unknownScore =
                rules.single() ? (float) least - (float) UNKNOWN_PENALTY : least - UNKNOWN_PENALTY;
        this.byteIds = rules.byteFallback() ? ByteTokens.ids(vocabulary) : new int[0];
    }

    /// The best way to each place of the word.
    private static final class Paths {
        private static final int NOWHERE = -1;

        private final int[] from;
        private final int[] ids;
        private final double[] scores;
        private final boolean single;

        Paths(int length, boolean single) {
            this.from = new int[length + 1];
            this.ids = new int[length + 1];
            this.scores = new double[length + 1];
            this.single = single;
            Arrays.fill(from, NOWHERE);
        }

        void offer(int start, int end, int id, double score) {
            double total = scores[start] + score;
            if (from[end] == NOWHERE || total > scores[end]) {
                from[end] = start;
                ids[end] = id;
                scores[end] = single ? (float) total : total;
            }
        }
    }

    @Override
    public void tokenize(AlignedText word, TokenList tokens) {
        if (word.length() > 0) {
            cache.get(word, this::pieces).addTo(tokens, word);
        }
    }

    private Pieces pieces(String text) {
        int unknown = rules.unknown().orElse(-1);
        var paths = new Paths(text.length(), rules.single());
        for (int start = 0; start < text.length(); ) {
            int one = start + Character.charCount(text.codePointAt(start));
            if (!offerAll(text, start, one, paths)) {
                paths.offer(start, one, unknown, unknownScore);
            }
            start = one;
        }
        return best(text, paths);
    }

    /// @return whether one of the tokens that begin here ends at `one`
    private boolean offerAll(String text, int start, int one, Paths paths) {
        boolean hasOne = false;
        int node = TextTrie.ROOT;
        for (int i = start; i < text.length(); i++) {
            node = trie.step(node, text.charAt(i));
            if (node == TextTrie.NONE) {
                break;
            }
            int id = trie.value(node);
            if (id != TextTrie.NONE) {
                paths.offer(start, i + 1, id, scores[id]);
                hasOne |= i + 1 == one;
            }
        }
        return hasOne;
    }

    private Pieces best(String text, Paths paths) {
        int length = text.length();
        var nextStart = new int[length + 1];
        for (int end = length; end > 0; end = paths.from[end]) {
            nextStart[paths.from[end]] = end;
        }
        int unknown = rules.unknown().orElse(-1);
        var found = new TokenList();
        for (int start = 0; start < length; ) {
            int end = nextStart[start];
            int id = paths.ids[end];
            while (id == unknown && end < length && paths.ids[nextStart[end]] == id) {
                end = nextStart[end]; // unknown characters in a row are one token
            }
            if (id != unknown || !addBytes(text, start, end, found)) {
                found.add(known(id), start, end);
            }
            start = end;
        }
        return new Pieces(found.ids(), found.starts(), found.ends());
    }

    private static int known(int id) {
        if (id < 0) {
            throw SartorException.user(
                    "the tokenizer has no token for some character of the text, and none for what it does not"
                            + " know: choose another model");
        }
        return id;
    }

    private boolean addBytes(String text, int start, int end, TokenList found) {
        if (byteIds.length == 0) {
            return false;
        }
        var bytes = Utf8.of(text.substring(start, end));
        for (byte each : bytes) {
            if (byteIds[each & 0xff] == ByteTokens.ABSENT) {
                return false;
            }
        }
        for (byte each : bytes) {
            found.add(byteIds[each & 0xff], start, end);
        }
        return true;
    }
}
