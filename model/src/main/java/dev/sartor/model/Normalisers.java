package dev.sartor.model;

import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// The simple normalisers of real models.
final class Normalisers {
    private Normalisers() {}

    /// Empty text stays empty. What is put before comes from the first character.
    static TextNormaliser prepend(String content) {
        return text -> {
            if (text.length() == 0) {
                return text;
            }
            int first = Character.charCount(text.text().codePointAt(0));
            return copyRest(new AlignedText.Builder(text).put(content, 0, first), text, 0);
        };
    }

    /// What replaces a match comes from the whole match.
    static TextNormaliser replace(Pattern pattern, String content) {
        return text -> {
            var matcher = pattern.matcher(text.text());
            if (!matcher.find()) {
                return text;
            }
            var builder = new AlignedText.Builder(text);
            int done = 0;
            do {
                copy(builder, text, done, matcher.start());
                if (matcher.end() > matcher.start()) {
                    builder.put(content, matcher.start(), matcher.end());
                }
                done = matcher.end();
            } while (matcher.find());
            return copyRest(builder, text, done);
        };
    }

    static TextNormaliser without(IntPredicate left) {
        return text -> {
            var builder = new AlignedText.Builder(text);
            var string = text.text();
            for (int i = 0; i < string.length(); ) {
                int codePoint = string.codePointAt(i);
                int end = i + Character.charCount(codePoint);
                if (!left.test(codePoint)) {
                    builder.put(codePoint, i, end);
                }
                i = end;
            }
            return builder.build();
        };
    }

    static TextNormaliser withoutMarks() {
        return without(codePoint ->
                switch (Character.getType(codePoint)) {
                    case Character.NON_SPACING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.ENCLOSING_MARK ->
                            true;
                    default -> false;
                });
    }

    static TextNormaliser strip(boolean left, boolean right) {
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
        copy(builder, text, from, text.length());
        return builder.build();
    }

    private static void copy(AlignedText.Builder builder, AlignedText text, int from, int to) {
        for (int i = from; i < to; ) {
            int codePoint = text.text().codePointAt(i);
            int end = i + Character.charCount(codePoint);
            builder.put(codePoint, i, end);
            i = end;
        }
    }
}
