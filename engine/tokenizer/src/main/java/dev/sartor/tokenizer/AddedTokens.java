package dev.sartor.tokenizer;

import dev.sartor.tokenizer.subword.TokenList;
import dev.sartor.tokenizer.text.AlignedText;
import dev.sartor.tokenizer.text.CharKinds;
import dev.sartor.tokenizer.text.TextNormaliser;
import dev.sartor.tokenizer.text.TextTrie;
import java.util.List;
import java.util.function.Consumer;

/// Finds the added tokens in a text: at each place the longest one that is accepted, from left to right. Thread-safe.
public final class AddedTokens {
    /// Says whether a token may be taken from this place of the original text.
    @FunctionalInterface
    public interface Acceptance {
        boolean accepts(AddedToken token, int start, int end);
    }

    private static final long NOTHING = -1;

    private final List<AddedToken> tokens;
    private final TextTrie trie = new TextTrie();

    /// @param normaliser applied to the contents first; the identity for tokens looked for in the original text
    public AddedTokens(List<AddedToken> tokens, TextNormaliser normaliser) {
        this.tokens = List.copyOf(tokens);
        for (int i = tokens.size() - 1; i >= 0; i--) { // of two with one content the last counts
            var content = AlignedText.plain(tokens.get(i).content(), 0);
            trie.put(normaliser.apply(content).text(), i);
        }
    }

    /// Gives the tokens found to `found`, and what lies between them to `between`, in the text's order.
    public void split(
            AlignedText piece,
            Acceptance acceptance,
            TokenList found,
            Consumer<AlignedText> between) {
        if (trie.isEmpty()) {
            between.accept(piece);
            return;
        }
        var text = piece.text();
        int done = 0;
        for (int i = 0; i < text.length(); ) {
            long match = longest(piece, text, i, acceptance);
            if (match == NOTHING) {
                i++;
                continue;
            }
            var token = tokens.get((int) match);
            int start = i;
            int end = (int) (match >>> 32);
            i = end;
            if (token.singleWord() && touchesWord(text, start, end)) {
                continue;
            }
            if (token.leftStrip()) {
                start = Math.max(done, beforeSpaces(text, start));
            }
            if (token.rightStrip()) {
                end = afterSpaces(text, end);
                i = end;
            }
            if (done < start) {
                between.accept(piece.slice(done, start));
            }
            found.add(token.id(), piece.start(start), piece.end(end - 1));
            done = end;
        }
        if (done < text.length()) {
            between.accept(piece.slice(done, text.length()));
        }
    }

    /// The end of the longest accepted token that begins here, in the upper half, and its place in the list.
    private long longest(AlignedText piece, String text, int start, Acceptance acceptance) {
        long best = NOTHING;
        int node = TextTrie.ROOT;
        for (int i = start; i < text.length(); i++) {
            node = trie.step(node, text.charAt(i));
            if (node == TextTrie.NONE) {
                break;
            }
            int found = trie.value(node);
            if (found != TextTrie.NONE
                    && acceptance.accepts(tokens.get(found), piece.start(start), piece.end(i))) {
                best = (long) (i + 1) << 32 | found;
            }
        }
        return best;
    }

    private static boolean touchesWord(String text, int start, int end) {
        return (start > 0 && isWord(text.codePointBefore(start)))
                || (end < text.length() && isWord(text.codePointAt(end)));
    }

    private static boolean isWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint)
                || codePoint == '_'
                || switch (Character.getType(codePoint)) {
                    case Character.NON_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.LETTER_NUMBER,
                            Character.CONNECTOR_PUNCTUATION ->
                            true;
                    default -> codePoint == 0x200c || codePoint == 0x200d;
                };
    }

    private static int beforeSpaces(String text, int end) {
        int start = end;
        while (start > 0 && CharKinds.isSpace(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static int afterSpaces(String text, int start) {
        int end = start;
        while (end < text.length() && CharKinds.isSpace(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
