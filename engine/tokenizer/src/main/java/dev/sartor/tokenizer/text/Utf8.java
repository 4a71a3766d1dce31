package dev.sartor.tokenizer.text;

import java.nio.charset.StandardCharsets;

/// A text's bytes; half of a surrogate pair is written as U+FFFD.
public final class Utf8 {
    private Utf8() {}

    public static byte[] of(String text) {
        return whole(text).getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] of(int codePoint) {
        return of(Character.toString(codePoint));
    }

    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        var result = new StringBuilder(text.length());
        text.codePoints()
                .map(codePoint -> codePoint >= 0xd800 && codePoint < 0xe000 ? 0xfffd : codePoint)
                .forEach(result::appendCodePoint);
        return result.toString();
    }
}
