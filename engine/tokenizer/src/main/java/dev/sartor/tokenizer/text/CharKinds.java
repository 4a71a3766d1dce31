package dev.sartor.tokenizer.text;

/// What the pre-tokenizers' patterns ask of a code point.
public final class CharKinds {
    static final byte OTHER = 0;
    static final byte LETTER = 1;
    static final byte NUMBER = 2;
    static final byte SPACE = 3;

    private static final byte[] BASIC = new byte[0x10000];

    static {
        for (int i = 0; i < BASIC.length; i++) {
            BASIC[i] = kindOf(i);
        }
    }

    private CharKinds() {}

    /// {@link #LETTER} for `\p{L}`, {@link #NUMBER} for `\p{N}`, {@link #SPACE} for `\s`, else {@link #OTHER}.
    static byte kind(int codePoint) {
        return codePoint < BASIC.length ? BASIC[codePoint] : kindOf(codePoint);
    }

    /// Unicode's White_Space.
    public static boolean isSpace(int codePoint) {
        return codePoint < BASIC.length && BASIC[codePoint] == SPACE;
    }

    private static byte kindOf(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER ->
                    LETTER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
                    NUMBER;
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    SPACE;
            default -> (codePoint >= 9 && codePoint <= 13) || codePoint == 0x85 ? SPACE : OTHER;
        };
    }
}
