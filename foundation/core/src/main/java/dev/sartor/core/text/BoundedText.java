package dev.sartor.core.text;

import dev.sartor.core.SartorException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text that refuses to be looked at too often, so that a file's pattern that takes exponential or quadratic time on
/// some text ends in an error. Not thread-safe.
public final class BoundedText implements CharSequence {
    /// Looks for each character; real patterns need up to a few dozen.
    private static final long LOOKS = 2000;

    private static final long AT_LEAST = 1_000_000;

    private static final String TOKENIZER = "the tokenizer's pattern";

    private final Pattern pattern;
    private final String text;
    private final String whose;
    private long left;

    private BoundedText(Pattern pattern, String text, String whose) {
        this.pattern = pattern;
        this.text = text;
        this.whose = whose;
        this.left = AT_LEAST + LOOKS * text.length();
    }

    public static Matcher matcher(Pattern pattern, String text) {
        return matcher(pattern, text, TOKENIZER);
    }

    /// @param whose names the pattern in an error
    public static Matcher matcher(Pattern pattern, String text, String whose) {
        return pattern.matcher(new BoundedText(pattern, text, whose));
    }

    /// Finds the next match.
    public static boolean find(Matcher matcher) {
        return guarded(matcher, Matcher::find, TOKENIZER);
    }

    /// @param way of matching
    /// @param whose names the pattern in an error
    public static boolean guarded(Matcher matcher, Predicate<Matcher> way, String whose) {
        try {
            return way.test(matcher);
        } catch (StackOverflowError e) { // the JVM's matcher recurses into repeated groups
            throw tooMuch(whose, matcher.pattern(), e);
        }
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw tooMuch(whose, pattern, new IllegalStateException("looked at too often"));
        }
        return text.charAt(index);
    }

    private static SartorException tooMuch(String whose, Pattern pattern, Throwable cause) {
        var advice =
                whose.equals(TOKENIZER)
                        ? " takes too long on this text: shorten the text, or choose another model"
                        : " takes too long on a layer's path: write it more simply";
        return SartorException.user(whose + " " + pattern + advice, cause);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
