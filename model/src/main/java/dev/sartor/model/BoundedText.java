package dev.sartor.model;

import dev.sartor.core.SartorException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text that refuses to be looked at too often, so that a tokenizer's pattern that takes exponential or quadratic time
/// on some text ends in an error. Not thread-safe.
final class BoundedText implements CharSequence {
    /// Looks for each character; real patterns need up to a few dozen.
    private static final long LOOKS = 2000;

    private static final long AT_LEAST = 1_000_000;

    private final Pattern pattern;
    private final String text;
    private long left;

    private BoundedText(Pattern pattern, String text) {
        this.pattern = pattern;
        this.text = text;
        this.left = AT_LEAST + LOOKS * text.length();
    }

    static Matcher matcher(Pattern pattern, String text) {
        return pattern.matcher(new BoundedText(pattern, text));
    }

    /// Finds the next match.
    static boolean find(Matcher matcher) {
        try {
            return matcher.find();
        } catch (StackOverflowError e) { // the JVM's matcher recurses into repeated groups
            throw tooMuch(matcher.pattern(), e);
        }
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw tooMuch(pattern, new IllegalStateException("looked at too often"));
        }
        return text.charAt(index);
    }

    private static SartorException tooMuch(Pattern pattern, Throwable cause) {
        return SartorException.user(
                "the tokenizer's pattern "
                        + pattern
                        + " takes too long on this text: shorten the text, or choose another model",
                cause);
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
