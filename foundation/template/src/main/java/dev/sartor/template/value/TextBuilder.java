package dev.sartor.template.value;

import java.util.Arrays;

/// Puts a text together and keeps track of what in it is data. Refuses to grow beyond a limit.
public final class TextBuilder {
    private final int limit;
    private final StringBuilder characters = new StringBuilder();
    private int[] data = new int[4];
    private int used;

    TextBuilder(int limit) {
        this.limit = limit;
    }

    public TextBuilder append(Text text) {
        text.forEachRun(this::append);
        return this;
    }

    /// Appends the template's own text.
    public TextBuilder append(String own) {
        return append(own, false);
    }

    public TextBuilder append(String piece, boolean isData) {
        int begin = characters.length();
        if (piece.length() > limit - begin) {
            throw tooLong(limit);
        }
        characters.append(piece);
        if (isData && !piece.isEmpty()) {
            mark(begin, characters.length());
        }
        return this;
    }

    /// Appends the template's own text so many times.
    public TextBuilder repeat(String own, int times) {
        if ((long) own.length() * times > limit - characters.length()) {
            throw tooLong(limit);
        }
        characters.repeat(own, times);
        return this;
    }

    private void mark(int begin, int end) {
        if (used > 0 && data[used - 1] == begin) {
            data[used - 1] = end;
            return;
        }
        if (used + 2 > data.length) {
            data = Arrays.copyOf(data, data.length * 2);
        }
        data[used++] = begin;
        data[used++] = end;
    }

    int length() {
        return characters.length();
    }

    public Text text() {
        return characters.isEmpty()
                ? Text.EMPTY
                : Text.of(characters.toString(), Arrays.copyOf(data, used));
    }

    public static Fault tooLong(int limit) {
        return new Fault(
                "a text grows beyond " + limit + " characters (template limit 'characters')");
    }
}
