package dev.sartor.tokenizer.text;

import dev.sartor.core.text.BoundedText;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// The simple normalisers of real models.
public final class Normalisers {
    private Normalisers() {}

    /// Empty text stays empty. What is put before comes from the first character.
    public static TextNormaliser prepend(String content) {
        return text -> {
            if (text.length() == 0) {
                return text;
            }
            int first = Character.charCount(text.codePointAt(0));
            return copyRest(new AlignedText.Builder(text).put(content, 0, first), text, 0);
        };
    }

    /// What replaces a match stands where the match's last character does, as HF's library has it.
    public static TextNormaliser replace(Pattern pattern, String content) {
        return text -> {
            var matcher = BoundedText.matcher(pattern, text.text());
            if (!BoundedText.find(matcher)) {
                return text;
            }
            var builder = new AlignedText.Builder(text);
            int done = 0;
            do {
                builder.copy(done, matcher.start());
                if (matcher.end() > matcher.start()) {
                    builder.put(content, lastOf(text, matcher.end()), matcher.end());
                }
                done = matcher.end();
            } while (BoundedText.find(matcher));
            return copyRest(builder, text, done);
        };
    }

    private static int lastOf(AlignedText text, int end) {
        boolean pair =
                end > 1
                        && Character.isLowSurrogate(text.charAt(end - 1))
                        && Character.isHighSurrogate(text.charAt(end - 2));
        return end - (pair ? 2 : 1);
    }

    public static TextNormaliser replace(String literal, String content) {
        if (literal.length() == 1 && content.length() == 1) {
            char from = literal.charAt(0);
            char to = content.charAt(0);
            return text -> text.withText(text.text().replace(from, to));
        }
        return replace(Pattern.compile(Pattern.quote(literal)), content);
    }

    static TextNormaliser without(IntPredicate left) {
        return text -> {
            var builder = new AlignedText.Builder(text);
            int same = 0;
            for (int i = 0; i < text.length(); ) {
                int codePoint = text.codePointAt(i);
                int end = i + Character.charCount(codePoint);
                if (left.test(codePoint)) {
                    builder.copy(same, i);
                    same = end;
                }
                i = end;
            }
            return builder.copy(same, text.length()).build();
        };
    }

    public static TextNormaliser withoutMarks() {
        return without(codePoint ->
                switch (Character.getType(codePoint)) {
                    case Character.NON_SPACING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.ENCLOSING_MARK ->
                            true;
                    default -> false;
                });
    }

    /// Of Google's neural machine translation: control characters are left out, odd blanks become blanks (the same sets as
    /// in sentencepiece's `nmt` rules).
    public static TextNormaliser nmt() {
        return text -> {
            var builder = new AlignedText.Builder(text);
            for (int i = 0; i < text.length(); ) {
                int codePoint = text.codePointAt(i);
                int end = i + Character.charCount(codePoint);
                if (!isNmtControl(codePoint)) {
                    builder.put(isNmtSpace(codePoint) ? ' ' : codePoint, i, end);
                }
                i = end;
            }
            return builder.build();
        };
    }

    private static boolean isNmtControl(int c) {
        return (c >= 1 && c <= 8)
                || c == 0xb
                || (c >= 0xe && c <= 0x1f)
                || c == 0x7f
                || c == 0x8f
                || c == 0x9f;
    }

    private static boolean isNmtSpace(int c) {
        return switch (c) {
            case '\t', '\n', '\f', '\r', 0x1680, 0x2028, 0x2029, 0x2581, 0xfeff, 0xfffd -> true;
            default -> c >= 0x200b && c <= 0x200f;
        };
    }

    public static TextNormaliser strip(boolean left, boolean right) {
        return text -> {
            var string = text.text();
            int start = 0;
            int end = string.length();
            while (left && start < end && CharKinds.isSpace(string.charAt(start))) {
                start++;
            }
            while (right && start < end && CharKinds.isSpace(string.charAt(end - 1))) {
                end--;
            }
            return text.slice(start, end);
        };
    }

    static AlignedText copyRest(AlignedText.Builder builder, AlignedText text, int from) {
        return builder.copy(from, text.length()).build();
    }
}
