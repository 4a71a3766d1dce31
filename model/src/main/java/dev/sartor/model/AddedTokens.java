package dev.sartor.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Finds the added tokens in a text: at each place the longest one that is accepted, from left to right. Thread-safe.
final class AddedTokens {
    /// Says whether a token may be taken from this place of the original text.
    @FunctionalInterface
    interface Acceptance {
        boolean accepts(AddedToken token, int start, int end);
    }

    private static final class Node {
        private final Map<Character, Node> next = new HashMap<>();
        private Optional<AddedToken> token = Optional.empty();
    }

    private final Node root = new Node();

    /// @param normaliser applied to the contents first; the identity for tokens looked for in the original text
    AddedTokens(List<AddedToken> tokens, TextNormaliser normaliser) {
        for (var token : tokens) {
            var node = root;
            var content = normaliser.apply(AlignedText.plain(token.content(), 0)).text();
            for (int i = 0; i < content.length(); i++) {
                node = node.next.computeIfAbsent(content.charAt(i), c -> new Node());
            }
            if (node != root) {
                node.token = Optional.of(token);
            }
        }
    }

    /// Gives the tokens found to `found`, and what lies between them to `between`, in the text's order.
    void split(
            AlignedText piece,
            Acceptance acceptance,
            TokenList found,
            Consumer<AlignedText> between) {
        if (root.next.isEmpty()) {
            between.accept(piece);
            return;
        }
        var text = piece.text();
        int done = 0;
        for (int i = 0; i < text.length(); ) {
            int length = root.next.containsKey(text.charAt(i)) ? longest(piece, i, acceptance) : 0;
            if (length == 0) {
                i++;
                continue;
            }
            var token = tokenAt(text, i, length);
            int start = i;
            int end = i + length;
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

    private int longest(AlignedText piece, int start, Acceptance acceptance) {
        var text = piece.text();
        int best = 0;
        var node = root;
        for (int i = start; i < text.length(); i++) {
            var next = node.next.get(text.charAt(i));
            if (next == null) {
                break;
            }
            node = next;
            if (node.token.isPresent()
                    && acceptance.accepts(node.token.get(), piece.start(start), piece.end(i))) {
                best = i + 1 - start;
            }
        }
        return best;
    }

    private AddedToken tokenAt(String text, int start, int length) {
        var node = root;
        for (int i = start; i < start + length; i++) {
            node = Optional.ofNullable(node.next.get(text.charAt(i))).orElseThrow();
        }
        return node.token.orElseThrow();
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
