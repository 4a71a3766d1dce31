package dev.sartor.tokenizer.subword;

import java.util.Locale;
import java.util.OptionalInt;

/// Tokens of the form `<0x0A>`, which stand for one byte each.
public final class ByteTokens {
    static final int ABSENT = -1;

    private static final String[] NAMES = new String[256];

    static {
        for (int i = 0; i < NAMES.length; i++) {
            NAMES[i] = String.format(Locale.ROOT, "<0x%02X>", i);
        }
    }

    private ByteTokens() {}

    /// The 256 tokens' numbers, {@link #ABSENT} where the vocabulary lacks one.
    static int[] ids(Vocabulary vocabulary) {
        var ids = new int[256];
        for (int i = 0; i < 256; i++) {
            ids[i] = vocabulary.id(NAMES[i]).orElse(ABSENT);
        }
        return ids;
    }

    /// 0 to 255, or empty for a token of another form.
    public static OptionalInt value(String token) {
        if (token.length() != 6 || !token.startsWith("<0x") || token.charAt(5) != '>') {
            return OptionalInt.empty();
        }
        int high = Character.digit(token.charAt(3), 16);
        int low = Character.digit(token.charAt(4), 16);
        return high < 0 || low < 0 || token.charAt(3) > 'f' || token.charAt(4) > 'f'
                ? OptionalInt.empty()
                : OptionalInt.of(high << 4 | low);
    }
}
