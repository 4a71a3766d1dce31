package dev.sartor.model;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Set;

/// Byte-pair encoding (Sennrich et al. 2016) over bytes (Radford et al. 2019) or over characters with bytes as the
/// fallback (sentencepiece).
final class BytePairs implements SubwordModel {
    /// @param wholeWords whether a word that is itself a token needs no merges
    /// @param byteLevel whether symbols are the bytes of the text, written in {@link ByteAlphabet}
    /// @param byteFallback whether a character without a token is written as tokens `<0xNN>`
    /// @param fuseUnknown whether unknown characters in a row are one unknown token
    record Rules(
            boolean wholeWords,
            boolean byteLevel,
            boolean byteFallback,
            boolean fuseUnknown,
            OptionalInt unknown) {}

    private static final int ABSENT = -1;

    private final Vocabulary vocabulary;
    private final MergeTable merges;
    private final Rules rules;
    private final Set<Integer> control;
    private final int[] byteIds = new int[256];
    private final WordCache cache = new WordCache();

    /// @param control tokens that no text may become, whatever it says
    BytePairs(Vocabulary vocabulary, MergeTable merges, Rules rules, Set<Integer> control) {
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.rules = rules;
        this.control = Set.copyOf(control);
        for (int i = 0; i < 256; i++) {
            var token =
                    rules.byteLevel()
                            ? String.valueOf(ByteAlphabet.letter(i))
                            : String.format("<0x%02X>", i);
            byteIds[i] = vocabulary.id(token).orElse(ABSENT);
        }
    }

    @Override
    public void tokenize(AlignedText word, TokenList tokens) {
        if (word.length() > 0) {
            cache.get(word.text(), this::pieces).addTo(tokens, word);
        }
    }

    private Pieces pieces(String word) {
        if (rules.wholeWords()) {
            var whole = vocabulary.id(written(word));
            if (whole.isPresent() && !control.contains(whole.getAsInt())) {
                return new Pieces(
                        new int[] {whole.getAsInt()}, new int[] {0}, new int[] {word.length()});
            }
        }
        var symbols = new Symbols(word.length() + 8);
        for (int i = 0; i < word.length(); ) {
            int codePoint = word.codePointAt(i);
            int end = i + Character.charCount(codePoint);
            if (rules.byteLevel()) {
                addBytes(symbols, codePoint, i, end);
            } else {
                addCharacter(symbols, word, i, end);
            }
            i = end;
        }
        return symbols.merged(merges);
    }

    private String written(String word) {
        if (!rules.byteLevel()) {
            return word;
        }
        var written = new StringBuilder();
        for (byte each : word.getBytes(StandardCharsets.UTF_8)) {
            written.append(ByteAlphabet.letter(each & 0xff));
        }
        return written.toString();
    }

    private void addCharacter(Symbols symbols, String word, int start, int end) {
        var id = vocabulary.id(word.substring(start, end));
        if (id.isPresent() && !control.contains(id.getAsInt())) {
            symbols.add(id.getAsInt(), start, end);
        } else if (rules.byteFallback()) {
            addBytes(symbols, word.codePointAt(start), start, end);
        } else {
            addUnknown(symbols, start, end);
        }
    }

    private void addBytes(Symbols symbols, int codePoint, int start, int end) {
        int valid = codePoint >= 0xd800 && codePoint < 0xe000 ? 0xfffd : codePoint;
        if (valid < 0x80) {
            addByte(symbols, valid, start, end);
            return;
        }
        int more = valid < 0x800 ? 1 : valid < 0x10000 ? 2 : 3;
        addByte(symbols, ((0xff00 >> (more + 1)) & 0xff) | (valid >> (6 * more)), start, end);
        for (int i = more - 1; i >= 0; i--) {
            addByte(symbols, 0x80 | ((valid >> (6 * i)) & 0x3f), start, end);
        }
    }

    private void addByte(Symbols symbols, int unsignedByte, int start, int end) {
        if (byteIds[unsignedByte] == ABSENT) {
            addUnknown(symbols, start, end);
        } else {
            symbols.add(byteIds[unsignedByte], start, end);
        }
    }

    private void addUnknown(Symbols symbols, int start, int end) {
        if (rules.unknown().isPresent()
                && !(rules.fuseUnknown() && symbols.widenLast(rules.unknown().getAsInt(), end))) {
            symbols.add(rules.unknown().getAsInt(), start, end);
        }
    }
}
