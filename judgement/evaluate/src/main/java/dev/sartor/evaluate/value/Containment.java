package dev.sartor.evaluate.value;

import dev.sartor.evaluate.value.StatedValues.Stated;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Whether an answer says what a reference says, whatever stands around it. Values (numbers, amounts with their units, days, times)
/// are compared by what they mean, words as SQuAD normalises them: in a row where the reference states no value, in any order beside
/// its values. What the answer denies (`not`, `no`, `never`, `without` up to three words before it) it does not say, unless the reference denies it, too.
public final class Containment {
    private static final int REACH = 3;
    private static final Pattern CLAUSE = Pattern.compile("[.;:!?,](?=\\s|$)");
    private static final Pattern OTHER = Pattern.compile("[^\\p{L}]+");
    private static final Set<String> DENYING =
            Set.of(
                    "not", "no", "never", "without", "neither", "nor", "cannot", "nicht", "kein",
                    "keine", "keinen", "keinem", "keiner", "nie", "ohne");
    private static final Pattern DENIED =
            Pattern.compile("\\p{L}+n['’]t", Pattern.CASE_INSENSITIVE);

    private final Function<String, List<String>> words;

    /// @param words of a text, normalised
    public Containment(Function<String, List<String>> words) {
        this.words = words;
    }

    /// Whether a text states a number, an amount, a day or a time.
    public static boolean statesAValue(String text) {
        return !StatedValues.in(text).isEmpty();
    }

    public boolean says(String answer, String reference) {
        var values = StatedValues.in(reference);
        boolean denies = isDenying(reference);
        return values.isEmpty()
                ? saysWords(
                        answer,
                        words.apply(reference),
                        denies,
                        CLAUSE.split(reference, 0).length > 1)
                : saysValues(answer, reference, values, denies);
    }

    /// Whether it says every value that the reference states; one that states none, any answer does.
    public boolean saysValuesOf(String answer, String reference) {
        return saysAll(
                answer, StatedValues.in(answer), StatedValues.in(reference), isDenying(reference));
    }

    private boolean saysValues(
            String answer, String reference, List<Stated> wanted, boolean denies) {
        var said = StatedValues.in(answer);
        var rest = words.apply(without(reference, wanted));
        return saysAll(answer, said, wanted, denies)
                && words.apply(without(answer, said)).containsAll(rest);
    }

    private static boolean saysAll(
            String answer, List<Stated> said, List<Stated> wanted, boolean denies) {
        return wanted.stream()
                .allMatch(each ->
                        said.stream()
                                .filter(one -> each.value().isSaidBy(one.value()))
                                .anyMatch(
                                        one -> denies || !isDenying(before(answer, one.start()))));
    }

    private static String without(String text, List<Stated> values) {
        var rest = new StringBuilder(text);
        for (var value : values.reversed()) {
            rest.replace(value.start(), Math.min(value.end(), rest.length()), " ");
        }
        return rest.toString();
    }

    /// The words in a row, somewhere where they are not denied.
    private boolean saysWords(
            String answer, List<String> reference, boolean denies, boolean isOfSeveralClauses) {
        if (reference.isEmpty()) {
            return words.apply(answer).isEmpty();
        }
        for (var clause : CLAUSE.split(answer, 0)) {
            var said = words.apply(clause);
            for (int at = 0; at + reference.size() <= said.size(); at++) {
                if (said.subList(at, at + reference.size()).equals(reference)
                        && (denies || !isDenied(clause, said, at))) {
                    return true;
                }
            }
        }
        return isOfSeveralClauses
                && Collections.indexOfSubList(words.apply(answer), reference) >= 0;
    }

    private static boolean isDenied(String clause, List<String> said, int at) {
        // Normalised words have lost their apostrophes: doesnt.
        return said.subList(Math.max(0, at - REACH), at).stream()
                .anyMatch(word -> DENYING.contains(word) || isShortened(clause, word));
    }

    private static boolean isShortened(String clause, String word) {
        return word.endsWith("nt")
                && DENIED.matcher(clause)
                        .results()
                        .map(found -> found.group().replaceAll("['’]", ""))
                        .anyMatch(found -> found.equalsIgnoreCase(word));
    }

    /// The last words of the clause before a place.
    private static String before(String text, int place) {
        var clauses = CLAUSE.split(text.substring(0, place), -1);
        var words = clauses[clauses.length - 1].strip().split("\\s+", -1);
        return String.join(
                " ", List.of(words).subList(Math.max(0, words.length - REACH), words.length));
    }

    private static boolean isDenying(String text) {
        return DENIED.matcher(text).find()
                || OTHER.splitAsStream(text.toLowerCase(Locale.ROOT)).anyMatch(DENYING::contains);
    }
}
