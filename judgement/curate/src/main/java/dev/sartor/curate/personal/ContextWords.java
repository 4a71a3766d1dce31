package dev.sartor.curate.personal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

    private final Map<String, EnumSet<PersonalKind>> kinds = new HashMap<>();
    private final Set<String> others = new HashSet<>();

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

    /// `KIND: word word`, for a kind, for all national numbers, or for what is no personal data.
    private void add(String line) {
        int colon = line.indexOf(':');
        var name = line.substring(0, colon);
        var listed = List.of(line.substring(colon + 1).strip().split(" ", -1));
        if (name.equals(OTHER)) {
            others.addAll(listed);
            return;
        }
        Collection<PersonalKind> meant =
                name.equals(NATIONAL) ? PersonalKind.NATIONAL : List.of(PersonalKind.valueOf(name));
        for (var word : listed) {
            kinds.computeIfAbsent(word, _ -> EnumSet.noneOf(PersonalKind.class)).addAll(meant);
        }
    }

    /// Looks at up to 160 chars before a span and 32 after it; and in a table at the head of its column, which goes before the
    /// words of other columns.
    Near near(String text, int start, int end) {
        var adjacent = EnumSet.noneOf(PersonalKind.class);
        boolean isOther = adjacent(text, start, adjacent);
        var around = EnumSet.noneOf(PersonalKind.class);
        if (adjacent.isEmpty() && !isOther) {
            var head = ColumnHead.of(text, start);
            if (head.isPresent()) {
                isOther = collect(text, head.get().start(), head.get().end(), adjacent);
                return new Near(adjacent, isOther && adjacent.isEmpty(), around);
            }
            collect(text, Math.max(0, start - BEFORE), start, around);
            collect(text, end, Math.min(text.length(), end + AFTER), around);
        }
        return new Near(adjacent, isOther && adjacent.isEmpty(), around);
    }

    /// The last words before a span: back to the line's beginning, or to another number.
    private boolean adjacent(String text, int start, EnumSet<PersonalKind> into) {
        boolean isOther = false;
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
            isOther |= word(text, i + 1, end, into);
        }
        return isOther;
    }

    private boolean collect(String text, int from, int to, EnumSet<PersonalKind> into) {
        boolean isOther = false;
        int i = from;
        while (i < to) {
            int start = i;
            while (i < to && Character.isLetter(text.charAt(i))) {
                i++;
            }
            if (i > start) {
                isOther |= word(text, start, i, into);
            } else {
                i++;
            }
        }
        return isOther;
    }

    /// A run of letters, whole and in the parts that capitals divide it into (`customerSsn`).
    private boolean word(String text, int from, int to, EnumSet<PersonalKind> into) {
        boolean isOther = lookUp(text, from, to, into);
        int part = from;
        for (int i = from + 1; i < to; i++) {
            if (Character.isUpperCase(text.charAt(i))
                    && Character.isLowerCase(text.charAt(i - 1))) {
                isOther |= lookUp(text, part, i, into);
                part = i;
            }
        }
        return part > from ? isOther | lookUp(text, part, to, into) : isOther;
    }

    private boolean lookUp(String text, int from, int to, EnumSet<PersonalKind> into) {
        var word = text.substring(from, to).toLowerCase(Locale.ROOT);
        var meant = kinds.get(word);
        if (meant != null) {
            into.addAll(meant);
        }
        return others.contains(word);
    }
}
