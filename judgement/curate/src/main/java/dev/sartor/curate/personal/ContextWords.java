package dev.sartor.curate.personal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The words that say what a number is, in the languages of the countries whose numbers are known, from context-words.txt.
final class ContextWords {
    private static final String OTHER = "OTHER";
    private static final String NATIONAL = "NATIONAL";
    private static final int ADJACENT_CHARS = 40;
    private static final int ADJACENT_WORDS = 5;
    private static final int BEFORE = 160;
    private static final int AFTER = 32;
    private static final int OWN_DIGITS = 4;
    private static final int LONGEST_WORD = 40;
    private static final EnumSet<PersonalKind> NONE = EnumSet.noneOf(PersonalKind.class);

    private final Map<String, EnumSet<PersonalKind>> kinds = new HashMap<>();
    private final Set<String> nationals = new HashSet<>();
    private final Set<String> others = new HashSet<>();

    /// What some words have named.
    private static final class Named {
        private final EnumSet<PersonalKind> kinds = EnumSet.noneOf(PersonalKind.class);
        private boolean isNational;
        private boolean isOther;

        boolean isAnything() {
            return !kinds.isEmpty() || isNational || isOther;
        }

        /// What a kind is named beside it goes before what is none.
        Near near(Set<PersonalKind> around) {
            return new Near(kinds, isNational, isOther && kinds.isEmpty() && !isNational, around);
        }
    }

    private ContextWords() {}

    static ContextWords read() {
        var words = new ContextWords();
        try (var stream =
                        Objects.requireNonNull(
                                ContextWords.class.getResourceAsStream("context-words.txt"));
                var lines =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(words::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    /// `KIND: word word`, for a kind, for national numbers of any country, or for what is no personal data.
    private void add(String line) {
        int colon = line.indexOf(':');
        var name = line.substring(0, colon);
        for (var word : line.substring(colon + 1).strip().split(" ", -1)) {
            switch (name) {
                case OTHER -> others.add(word);
                case NATIONAL -> nationals.add(word);
                default ->
                        kinds.computeIfAbsent(word, _ -> EnumSet.noneOf(PersonalKind.class))
                                .add(PersonalKind.valueOf(name));
            }
        }
    }

    /// In a table the head of the column says what a span is; else the words right before it; else those within 160 chars before
    /// it and 32 after it.
    Near near(String text, int start, int end) {
        var head = ColumnHead.of(text, start);
        if (head.isPresent()) {
            var named = new Named();
            collect(text, head.get().start(), head.get().end(), named);
            if (named.isAnything()) {
                return named.near(Set.of());
            }
        }
        var adjacent = new Named();
        adjacent(text, start, adjacent);
        if (adjacent.isAnything() || head.isPresent()) {
            return adjacent.near(Set.of());
        }
        var around = new Named();
        collect(text, Math.max(0, start - BEFORE), start, around);
        collect(text, end, Math.min(text.length(), end + AFTER), around);
        return adjacent.near(around.kinds);
    }

    /// The last words before a span: back to the line's beginning, or to another number.
    private void adjacent(String text, int start, Named into) {
        int words = 0;
        int digits = 0;
        int from = Math.max(0, start - ADJACENT_CHARS);
        int i = start - 1;
        while (i >= from && words < ADJACENT_WORDS && text.charAt(i) != '\n') {
            char c = text.charAt(i);
            digits = Edges.isDigit(c) ? digits + 1 : Character.isLetter(c) ? 0 : digits;
            if (digits >= OWN_DIGITS) {
                break;
            }
            if (!Character.isLetter(c)) {
                i--;
                continue;
            }
            int end = i + 1;
            while (i >= from && Character.isLetter(text.charAt(i))) {
                i--;
            }
            words++;
            word(text, i + 1, end, into);
        }
    }

    private void collect(String text, int from, int to, Named into) {
        int i = from;
        while (i < to) {
            int start = i;
            while (i < to && Character.isLetter(text.charAt(i))) {
                i++;
            }
            if (i > start) {
                word(text, start, i, into);
            } else {
                i++;
            }
        }
    }

    /// A run of letters, whole and in the parts that capitals divide it into (`customerSsn`).
    private void word(String text, int from, int to, Named into) {
        lookUp(text, from, to, into);
        int part = from;
        for (int i = from + 1; i < to; i++) {
            if (Character.isUpperCase(text.charAt(i))
                    && Character.isLowerCase(text.charAt(i - 1))) {
                lookUp(text, part, i, into);
                part = i;
            }
        }
        if (part > from) {
            lookUp(text, part, to, into);
        }
    }

    private void lookUp(String text, int from, int to, Named into) {
        if (to - from > LONGEST_WORD) {
            return;
        }
        var word = text.substring(from, to).toLowerCase(Locale.ROOT);
        into.kinds.addAll(kinds.getOrDefault(word, NONE));
        into.isNational |= nationals.contains(word);
        into.isOther |= others.contains(word);
    }
}
