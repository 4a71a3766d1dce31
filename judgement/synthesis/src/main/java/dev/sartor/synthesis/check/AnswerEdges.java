package dev.sartor.synthesis.check;

import dev.sartor.evaluate.Metric;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What stands around an answer where the passage has it word for word: whether it looks cut off, or is one of several.
///
/// @param isNumberCut whether it ends in a number and the passage goes on with what is counted
/// @param endsOpen whether its last word, or its first, asks for another: `of`, `at least`, `the`
/// @param goesOn whether the passage's next word follows without a sign between and is no function word
/// @param comesFrom the same of the word before
/// @param isNameCut whether it is a part of a name: a capital stands at its edge, and beside it
/// @param isListed whether another thing follows or comes before it in a list: `, X and Y`, `or X`
record AnswerEdges(
        boolean isNumberCut,
        boolean endsOpen,
        boolean goesOn,
        boolean comesFrom,
        boolean isListed,
        boolean isNameCut) {
    private static final Set<String> JOINING =
            Set.of("and", "or", "plus", "und", "oder", "sowie", "&", "nor", "to", "bis");

    private static final Set<String> FUNCTION =
            words(
                    "of in on at by for from to with without within into onto over under between through during before after until"
                            + " till since about against as than via per is are was were be been being has have had do does did"
                            + " will would can could may might must shall should not no and or but nor so if because while when"
                            + " where which who whom whose that this these those there then it its he she they we you i his her"
                            + " their our your my them him us me what how why also only both either each every all any some"
                            + " der die das den dem des ein eine einen einem einer von in im an am auf aus bei mit nach zu zum"
                            + " zur für über unter vor und oder aber ist sind war waren wird werden hat haben nicht auch wenn"
                            + " weil dass als wie er sie es wir ihr ich");

    private static final Set<String> OPEN =
            words(
                    "of in on at by for from to with without within into between than and or but the a an is are was were least most"
                            + " than about beyond up per which who that von in im an auf mit zu und oder der die das ein eine");

    private static final Pattern NUMBER = Pattern.compile("\\d[\\d.,]*");
    private static final Pattern YEAR = Pattern.compile("1\\d{3}|20\\d{2}");

    /// Of an answer that does not stand in the passage.
    static final AnswerEdges NONE = new AnswerEdges(false, false, false, false, false, false);

    private static Set<String> words(String joined) {
        return Set.copyOf(List.of(joined.split(" ")));
    }

    /// @param text of the passage
    /// @param first the answer's first word there
    /// @param last its last
    /// @param asked the question's words: what they name already need not be named again
    static AnswerEdges of(
            String text, WrittenWords words, int first, int last, WrittenWords asked) {
        var next = last + 1 < words.size() ? words.at(last + 1) : "";
        var before = first > 0 ? words.at(first - 1) : "";
        var after = between(text, words, last, last + 1);
        var ahead = between(text, words, first - 1, first);
        boolean touches = !next.isEmpty() && after.isBlank() && !after.contains("\n");
        boolean touched = !before.isEmpty() && ahead.isBlank() && !ahead.contains("\n");
        boolean isContent = touches && !FUNCTION.contains(next) && !isAsked(next, asked);
        boolean wasContent = touched && !FUNCTION.contains(before) && !isAsked(before, asked);
        var end = words.at(last);
        boolean isOpen = OPEN.contains(end) || (first < last && OPEN.contains(words.at(first)));
        boolean goesOnInName =
                touches && isCapital(text, words, last) && isCapital(text, words, last + 1);
        boolean comesFromName =
                touched
                        && first > 1
                        && isCapital(text, words, first - 1)
                        && isCapital(text, words, first);
        return new AnswerEdges(
                isContent && isCount(end) && !YEAR.matcher(end).matches(),
                isOpen,
                isContent,
                wasContent,
                isFollowed(text, words, last) || isPreceded(text, words, first),
                goesOnInName || comesFromName);
    }

    private static boolean isCapital(String text, WrittenWords words, int at) {
        return Character.isUpperCase(text.charAt(words.words().get(at).start()));
    }

    private static boolean isCount(String word) {
        return NUMBER.matcher(word).matches() || Metric.statesAValue(word);
    }

    private static boolean isAsked(String word, WrittenWords asked) {
        return asked.words().stream()
                .anyMatch(each ->
                        each.text().equals(word)
                                || (each.text().length() > 3
                                        && word.length() > 3
                                        && (each.text().startsWith(word)
                                                || word.startsWith(each.text()))));
    }

    /// What stands between two words; empty at either end of the text.
    private static String between(String text, WrittenWords words, int one, int other) {
        return one < 0 || other >= words.size()
                ? ""
                : text.substring(words.words().get(one).end(), words.words().get(other).start());
    }

    private static boolean isFollowed(String text, WrittenWords words, int last) {
        if (last + 2 >= words.size()) {
            return false;
        }
        var sign = between(text, words, last, last + 1).strip();
        boolean isJoined = JOINING.contains(words.at(last + 1)) && !sign.contains(".");
        boolean isComma = sign.equals(",") && joins(text, words, last + 1);
        return isJoined || isComma || sign.equals("&") || sign.equals("–") || sign.equals("/");
    }

    private static boolean isPreceded(String text, WrittenWords words, int first) {
        if (first < 2) {
            return false;
        }
        var sign = between(text, words, first - 1, first).strip();
        boolean isJoined = JOINING.contains(words.at(first - 1)) && sign.isEmpty();
        boolean isComma = sign.equals(",") && joins(text, words, first);
        return isJoined || isComma || sign.equals("&") || sign.equals("–") || sign.equals("/");
    }

    /// Whether a joining word comes within the next few words of the same sentence.
    private static boolean joins(String text, WrittenWords words, int from) {
        for (int at = from, seen = 0; at < words.size() && seen < 6; at++, seen++) {
            if (JOINING.contains(words.at(at)) && !words.at(at).equals("to")) {
                return true;
            }
            if (between(text, words, at, at + 1).matches("(?s).*[.;:!?\\n].*")) {
                return false;
            }
        }
        return false;
    }
}
