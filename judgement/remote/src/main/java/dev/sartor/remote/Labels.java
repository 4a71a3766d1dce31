package dev.sartor.remote;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which label the free answer of a remote model says. Local models choose among the labels and need no matching.
///
/// The answer is the label, white space, case, and blanks for `_` and `-` aside; or it names one label alone, as in `The
/// answer is: billing.` A label stands there as a word of its own: `C` is not in `C#`, nor `spam` in `non-spam`. Where two
/// labels overlap, the longer is meant. An answer that names two says none. Negations are not understood.
final class Labels {
    private static final int LENIENT = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    /// Where a letter or digit on the far side of them makes one word of both: `3.5`, `it's`, `lost_card`.
    private static final String INNER = ".'’_";

    private static final String SENTENCE = ",;:!?…。、，；：！？";
    private static final String MARKUP = "\"*`|";

    private Labels() {}

    static Optional<String> match(String text, List<String> labels) {
        var answer = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
        var exact = labels.stream().filter(label -> label.strip().equals(text.strip())).findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        var said =
                labels.stream().filter(label -> pattern(label).matcher(answer).matches()).toList();
        return only(said.isEmpty() ? named(answer, labels) : said);
    }

    private static Optional<String> only(List<String> labels) {
        return labels.size() == 1 ? Optional.of(labels.getFirst()) : Optional.empty();
    }

    /// A label in an answer.
    ///
    /// @param verbatim whether it stands there to the letter
    private record Place(String label, int from, int to, boolean verbatim) {
        int length() {
            return to - from;
        }

        /// Whether the other one is meant where both are found.
        boolean yieldsTo(Place other) {
            boolean overlaps = from < other.to && other.from < to;
            boolean closer = length() == other.length() && !verbatim && other.verbatim;
            return overlaps && (length() < other.length() || closer);
        }
    }

    private static List<String> named(String answer, List<String> labels) {
        var places = new ArrayList<Place>();
        for (var label : labels) {
            var matcher = pattern(label).matcher(answer);
            while (matcher.find()) {
                if (isApart(answer, matcher.start(), matcher.end())) {
                    places.add(
                            new Place(
                                    label,
                                    matcher.start(),
                                    matcher.end(),
                                    matcher.group().equals(label.strip())));
                }
            }
        }
        places.sort(
                Comparator.comparingInt(Place::length).thenComparing(Place::verbatim).reversed());
        var meant = new ArrayList<Place>();
        for (var place : places) {
            if (meant.stream().noneMatch(place::yieldsTo)) {
                meant.add(place);
            }
        }
        return meant.stream().map(Place::label).distinct().toList();
    }

    /// Blanks, `_` and `-` between a label's words are one another's.
    private static Pattern pattern(String label) {
        var words = Normalizer.normalize(label, Normalizer.Form.NFKC).strip();
        if (words.isEmpty()) {
            return Pattern.compile("(?!)");
        }
        return Pattern.compile(
                Pattern.compile("(?<=[\\p{L}\\p{N}])[\\s_-]+(?=[\\p{L}\\p{N}])")
                        .splitAsStream(words)
                        .map(Pattern::quote)
                        .collect(Collectors.joining("[\\s_-]+")),
                LENIENT);
    }

    private static boolean isApart(String text, int from, int to) {
        int first = text.codePointAt(from);
        int last = text.codePointBefore(to);
        return isBorder(before(text, from), before(text, from - 1), first)
                && isBorder(after(text, to), after(text, to + 1), last);
    }

    private static int before(String text, int at) {
        return at <= 0 ? ' ' : text.codePointBefore(at);
    }

    private static int after(String text, int at) {
        return at >= text.length() ? ' ' : text.codePointAt(at);
    }

    /// @param neighbour what stands beside the label
    /// @param beyond what stands beyond it
    /// @param edge the label's own outermost sign
    private static boolean isBorder(int neighbour, int beyond, int edge) {
        if (Character.isWhitespace(neighbour)
                || Character.isIdeographic(neighbour)
                || Character.isIdeographic(edge)) {
            return true;
        }
        boolean isWord = Character.isLetterOrDigit(edge);
        if (in(INNER, neighbour)) {
            return !Character.isLetterOrDigit(beyond) && (isWord || !in(SENTENCE, edge));
        }
        if (in(SENTENCE, neighbour)) {
            return !(Character.isDigit(edge) && Character.isDigit(beyond))
                    && !in(SENTENCE, edge)
                    && !in(INNER, edge);
        }
        if (in(MARKUP, neighbour)) {
            return neighbour != edge;
        }
        return switch (Character.getType(neighbour)) {
            case Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION ->
                    true;
            case Character.OTHER_SYMBOL -> isWord;
            default ->
                    isWord
                            && (neighbour == '<'
                                    || neighbour == '>'
                                    || neighbour == '='
                                    || neighbour == '—');
        };
    }

    private static boolean in(String signs, int sign) {
        return signs.indexOf(sign) >= 0;
    }
}
