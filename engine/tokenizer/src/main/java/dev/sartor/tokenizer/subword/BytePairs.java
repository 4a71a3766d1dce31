package dev.sartor.tokenizer.subword;

import dev.sartor.tokenizer.text.AlignedText;
import dev.sartor.tokenizer.text.Utf8;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Byte-pair encoding (Sennrich et al. 2016) over bytes (Radford et al. 2019) or over characters with bytes as the
/// fallback (sentencepiece).
public final class BytePairs implements SubwordModel {
    /// @param wholeWords whether a word that is itself a token needs no merges
    /// @param byteLevel whether symbols are the bytes of the text, written in {@link ByteAlphabet}
    /// @param byteFallback whether a character without a token is written as tokens `<0xNN>`
    /// @param fuseUnknown whether unknown characters in a row are one unknown token
    public record Rules(
            boolean wholeWords,
            boolean byteLevel,
            boolean byteFallback,
            boolean fuseUnknown,
            OptionalInt unknown) {}

    /// What is written at a character's token to say where in the word it stands, as in the vocabulary.
    ///
    /// @param continuing before each but the word's first
    /// @param last after the word's last
    public record Affixes(String continuing, String last) {
        public static final Affixes NONE = new Affixes("", "");

        String around(String character, boolean isFirst, boolean isLast) {
            return (isFirst ? "" : continuing) + character + (isLast ? last : "");
        }
    }

    private final Vocabulary vocabulary;
    private final MergeTable merges;
    private final Rules rules;
    private final Affixes affixes;
    private final Set<Integer> control;
    private final int[] byteIds;
    private final Optional<MergeBoundaries> seams;
    private final WordCache cache = new WordCache();

    /// @param control tokens that no text may become, whatever it says
    public BytePairs(Vocabulary vocabulary, MergeTable merges, Rules rules, Set<Integer> control) {
        this(vocabulary, merges, rules, Affixes.NONE, control);
    }

    public BytePairs(
            Vocabulary vocabulary,
            MergeTable merges,
            Rules rules,
            Affixes affixes,
            Set<Integer> control) {
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.rules = rules;
        this.affixes = affixes;
        this.control = Set.copyOf(control);
        this.byteIds =
                rules.byteLevel() ? ByteAlphabet.ids(vocabulary) : ByteTokens.ids(vocabulary);
        boolean whole = rules.wholeWords() || rules.byteLevel() || !affixes.equals(Affixes.NONE);
        var bytes = new HashSet<Integer>();
        Arrays.stream(byteIds).forEach(bytes::add);
        this.seams = whole ? Optional.empty() : MergeBoundaries.of(vocabulary, merges, bytes);
    }

    @Override
    public void tokenize(AlignedText word, TokenList tokens) {
        int start = 0;
        if (seams.isPresent() && word.length() > WordCache.LONGEST / 4) {
            var cuts = seams.get();
            int before = word.codePointAt(0);
            for (int i = Character.charCount(before); i < word.length(); ) {
                int codePoint = word.codePointAt(i);
                if (cuts.isSeam(before, codePoint)) {
                    cache.get(word.slice(start, i), this::pieces)
                            .addTo(tokens, word.slice(start, i));
                    start = i;
                }
                before = codePoint;
                i += Character.charCount(codePoint);
            }
        }
        if (start < word.length()) {
            var rest = word.slice(start, word.length());
            cache.get(rest, this::pieces).addTo(tokens, rest);
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
                for (byte each : Utf8.of(codePoint)) {
                    addByte(symbols, each, i, end);
                }
            } else {
                addCharacter(symbols, word, i, end);
            }
            i = end;
        }
        return symbols.merged(merges);
    }

    private String written(String word) {
        return rules.byteLevel() ? ByteAlphabet.letters(word) : word;
    }

    private void addCharacter(Symbols symbols, String word, int start, int end) {
        var written = affixes.around(word.substring(start, end), start == 0, end == word.length());
        var id = vocabulary.id(written);
        if (id.isPresent() && !control.contains(id.getAsInt())) {
            symbols.add(id.getAsInt(), start, end);
        } else if (!rules.byteFallback() || !addBytes(symbols, written, start, end)) {
            addUnknown(symbols, start, end);
        }
    }

    /// @return false where the vocabulary lacks one of the bytes; nothing is added then
    private boolean addBytes(Symbols symbols, String written, int start, int end) {
        var bytes = Utf8.of(written);
        for (byte each : bytes) {
            if (byteIds[each & 0xff] == ByteTokens.ABSENT) {
                return false;
            }
        }
        for (byte each : bytes) {
            symbols.add(byteIds[each & 0xff], start, end);
        }
        return true;
    }

    private void addByte(Symbols symbols, byte each, int start, int end) {
        if (byteIds[each & 0xff] == ByteTokens.ABSENT) {
            addUnknown(symbols, start, end);
        } else {
            symbols.add(byteIds[each & 0xff], start, end);
        }
    }

    private void addUnknown(Symbols symbols, int start, int end) {
        if (rules.unknown().isPresent()
                && !(rules.fuseUnknown() && symbols.widenLast(rules.unknown().getAsInt(), end))) {
            symbols.add(rules.unknown().getAsInt(), start, end);
        }
    }
}
