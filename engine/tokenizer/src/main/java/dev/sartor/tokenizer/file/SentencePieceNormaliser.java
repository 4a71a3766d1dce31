package dev.sartor.tokenizer.file;

import dev.sartor.tokenizer.text.AlignedText;
import dev.sartor.tokenizer.text.CharsMap;
import dev.sartor.tokenizer.text.TextNormaliser;
import dev.sartor.tokenizer.text.TextTrie;
import java.util.Optional;

/// sentencepiece's normalisation (normalizer.cc): rules, then blanks.
///
/// @param kept texts that no rule touches: the user-defined pieces
record SentencePieceNormaliser(
        SentencePieceFile.Whitespace whitespace, Optional<CharsMap> rules, TextTrie kept)
        implements TextNormaliser {
    private static final char MARK = '▁';

    @Override
    public AlignedText apply(AlignedText text) {
        return new Pass(text).result();
    }

    /// They are looked for as they stand; no rule has touched them.
    @Override
    public TextNormaliser ofTokens() {
        return TextNormaliser.none();
    }

    /// The next bit of a text.
    private record Bit(int end, String replacement) {}

    private Bit bit(AlignedText text, int start) {
        int end = longestKept(text, start);
        if (end == start) {
            var match = rules.flatMap(map -> map.match(text, start, text.length(), false));
            if (match.isPresent()) {
                return new Bit(match.get().end(), match.get().replacement());
            }
            end = start + Character.charCount(text.codePointAt(start));
        }
        return new Bit(end, text.slice(start, end).text());
    }

    private int longestKept(AlignedText text, int start) {
        int end = start;
        int node = TextTrie.ROOT;
        for (int i = start; i < text.length(); i++) {
            node = kept.step(node, text.charAt(i));
            if (node == TextTrie.NONE) {
                break;
            }
            if (kept.value(node) != TextTrie.NONE) {
                end = i + 1;
            }
        }
        return end;
    }

    /// One text on its way.
    private final class Pass {
        private final AlignedText text;
        private final AlignedText.Builder builder;
        private int written;

        /// How much of what was written is needed: what follows are blanks.
        private int needed;

        private boolean blankBefore = whitespace.extraRemoved();

        Pass(AlignedText text) {
            this.text = text;
            this.builder = new AlignedText.Builder(text);
        }

        AlignedText result() {
            int start = whitespace.extraRemoved() ? afterBlanks() : 0;
            if (start == text.length()) {
                return text.slice(0, 0);
            }
            if (whitespace.dummy() && !whitespace.suffix()) {
                putBlank(start, start + 1);
            }
            while (start < text.length()) {
                var bit = bit(text, start);
                put(bit.replacement(), start, bit.end());
                start = bit.end();
            }
            var trimmed = builder.build();
            if (whitespace.extraRemoved()) {
                trimmed = trimmed.slice(0, needed);
            }
            return whitespace.dummy() && whitespace.suffix() ? withBlank(trimmed) : trimmed;
        }

        private int afterBlanks() {
            int start = 0;
            while (start < text.length()) {
                var bit = bit(text, start);
                if (!bit.replacement().equals(" ")) {
                    break;
                }
                start = bit.end();
            }
            return start;
        }

        private void put(String replacement, int from, int to) {
            int start = 0;
            while (blankBefore
                    && start < replacement.length()
                    && replacement.charAt(start) == ' ') {
                start++;
            }
            if (start == replacement.length()) {
                return;
            }
            for (int i = start; i < replacement.length(); ) {
                int codePoint = replacement.codePointAt(i);
                i += Character.charCount(codePoint);
                if (codePoint == ' ') {
                    putBlank(from, to);
                } else {
                    builder.put(codePoint, from, to);
                    written += Character.charCount(codePoint);
                    needed = isBlank(codePoint) ? needed : written;
                }
            }
            blankBefore = whitespace.extraRemoved() && replacement.endsWith(" ");
        }

        private boolean isBlank(int codePoint) {
            return codePoint == (whitespace.escaped() ? MARK : ' ');
        }

        private void putBlank(int from, int to) {
            builder.put(whitespace.escaped() ? MARK : ' ', from, to);
            written++;
        }

        private AlignedText withBlank(AlignedText trimmed) {
            int last = trimmed.length() - 1;
            int codePoint = whitespace.escaped() ? MARK : ' ';
            if (last < 0) {
                return text.slice(0, 1).withText(Character.toString(codePoint));
            }
            return new AlignedText.Builder(trimmed)
                    .copy(0, last + 1)
                    .put(codePoint, last, last + 1)
                    .build();
        }
    }
}
