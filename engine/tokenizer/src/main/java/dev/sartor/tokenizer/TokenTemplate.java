package dev.sartor.tokenizer;

import dev.sartor.tokenizer.subword.ByteAlphabet;
import dev.sartor.tokenizer.subword.TokenList;
import dev.sartor.tokenizer.subword.Vocabulary;
import dev.sartor.tokenizer.text.CharKinds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a tokenizer puts around a text, and around a pair of texts.
///
/// @param trim whether the blanks at a token's borders are left out of its place in the text
/// @param spaceAdded whether a blank that stands first was added, so that it is not to be left out
public record TokenTemplate(List<Part> single, List<Part> pair, boolean trim, boolean spaceAdded) {
    static final Part FIRST = new Text(0, 0);
    private static final Part SECOND = new Text(1, 1);

    public static final TokenTemplate NONE =
            new TokenTemplate(List.of(FIRST), List.of(FIRST, SECOND), false, false);

    public sealed interface Part permits Control, Text {}

    public record Control(int id, int type) implements Part {}

    /// @param which 0 for the first text, 1 for the second
    public record Text(int which, int type) implements Part {}

    public TokenTemplate {
        single = List.copyOf(single);
        pair = List.copyOf(pair);
    }

    public static TokenTemplate around(List<Integer> before, List<Integer> after) {
        var single = new ArrayList<Part>();
        before.forEach(id -> single.add(new Control(id, 0)));
        single.add(FIRST);
        after.forEach(id -> single.add(new Control(id, 0)));
        var pair = new ArrayList<>(single);
        pair.add(SECOND);
        after.forEach(id -> pair.add(new Control(id, 1)));
        return new TokenTemplate(single, pair, false, false);
    }

    /// RoBERTa's: two texts have two separators between them.
    public static TokenTemplate pairOfSeparators(int beginning, int separator) {
        var single = around(List.of(beginning), List.of(separator)).single();
        var pair = new ArrayList<>(single);
        pair.add(new Control(separator, 0));
        pair.add(new Text(1, 0));
        pair.add(new Control(separator, 0));
        return new TokenTemplate(single, pair, false, false);
    }

    public TokenTemplate trimming(boolean spaceIsAdded) {
        return new TokenTemplate(single, pair, true, spaceIsAdded);
    }

    public Encoding apply(TokenList text) {
        return apply(single, List.of(text));
    }

    public Encoding apply(TokenList first, TokenList second) {
        return apply(pair, List.of(first, second));
    }

    private static Encoding apply(List<Part> parts, List<TokenList> texts) {
        var tokens = new TokenList();
        var types = new int[0];
        for (var part : parts) {
            int before = tokens.size();
            int type =
                    switch (part) {
                        case Control control -> {
                            tokens.add(control.id(), 0, 0);
                            yield control.type();
                        }
                        case Text text -> {
                            tokens.addAll(texts.get(text.which()));
                            yield text.type();
                        }
                    };
            types = Arrays.copyOf(types, tokens.size());
            Arrays.fill(types, before, types.length, type);
        }
        return new Encoding(tokens, types);
    }

    /// Moves the places of byte-level tokens off the blanks at their borders.
    void trim(TokenList tokens, Vocabulary vocabulary, String text) {
        for (int i = 0; trim && i < tokens.size(); i++) {
            var token = vocabulary.token(tokens.id(i));
            int leading = 0;
            while (leading < token.length() && isBlank(token.charAt(leading))) {
                leading++;
            }
            int trailing = 0;
            while (trailing < token.length()
                    && isBlank(token.charAt(token.length() - 1 - trailing))) {
                trailing++;
            }
            int start = tokens.start(i);
            int end = tokens.end(i);
            if (leading == 1 && (i == 0 || start == 0) && spaceAdded) {
                leading = 0; // more than one were not added
            }
            start = Math.min(start + leading, end);
            if (trailing > 0 && end >= trailing) {
                end = Math.max(end - trailing, start);
            }
            boolean torn =
                    end > 0 && end < text.length() && isLow(text, end) && !isLow(text, end - 1);
            tokens.move(i, start, torn ? Math.max(start, end - 1) : end);
        }
    }

    private static boolean isLow(String text, int index) {
        return Character.isLowSurrogate(text.charAt(index));
    }

    private static boolean isBlank(char c) {
        return c == ByteAlphabet.letter(' ') || CharKinds.isSpace(c);
    }
}
