package dev.sartor.template.filter;

import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Characters;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Items;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// The methods that split a text.
final class TextSplitting {
    private TextSplitting() {}

    static Map<String, TextMethods.Method> methods() {
        return Map.of(
                "split", (run, text, given) -> split(run, text, given, true),
                "rsplit", (run, text, given) -> split(run, text, given, false),
                "partition", (run, text, given) -> partition(run, text, given, true),
                "rpartition", (run, text, given) -> partition(run, text, given, false),
                "splitlines",
                        (run, text, given) -> {
                            boolean isKept = given.bind("splitlines", "keepends").flag(0, false);
                            return Items.list(lines(run, text, isKept));
                        });
    }

    private static Value split(Run run, Text text, Arguments arguments, boolean fromLeft) {
        var bound = arguments.bind("split", "sep", "maxsplit");
        int most = bound.number(1, -1);
        most = most < 0 ? Integer.MAX_VALUE : most;
        List<Value> parts;
        if (bound.given(0).isEmpty()) {
            parts = fromLeft ? wordsFromLeft(text, most) : wordsFromRight(text, most);
        } else {
            var separator = bound.text(0);
            if (separator.length() == 0) {
                throw new Fault("'split' needs a separator that is not empty");
            }
            run.chargeSearch(text, separator);
            parts =
                    fromLeft
                            ? fromLeft(text, separator.string(), most)
                            : fromRight(text, separator.string(), most);
        }
        run.charge(parts.size());
        return Items.list(parts);
    }

    private static List<Value> fromLeft(Text text, String separator, int most) {
        List<Value> parts = new ArrayList<>();
        int begin = 0;
        int found = text.string().indexOf(separator);
        while (found >= 0 && parts.size() < most) {
            parts.add(text.slice(begin, found));
            begin = found + separator.length();
            found = text.string().indexOf(separator, begin);
        }
        parts.add(text.sliceFrom(begin));
        return parts;
    }

    private static List<Value> fromRight(Text text, String separator, int most) {
        List<Value> parts = new ArrayList<>();
        int end = text.length();
        while (parts.size() < most) {
            int found =
                    end < separator.length()
                            ? -1
                            : text.string().lastIndexOf(separator, end - separator.length());
            if (found < 0) {
                break;
            }
            parts.add(text.slice(found + separator.length(), end));
            end = found;
        }
        parts.add(text.slice(0, end));
        Collections.reverse(parts);
        return parts;
    }

    private static List<Value> wordsFromLeft(Text text, int most) {
        List<Value> parts = new ArrayList<>();
        var string = text.string();
        int length = string.length();
        int begin = Characters.skip(string, 0, length, Characters::isSpace);
        while (begin < length && parts.size() < most) {
            int end = Characters.skip(string, begin, length, c -> !Characters.isSpace(c));
            parts.add(text.slice(begin, end));
            begin = Characters.skip(string, end, length, Characters::isSpace);
        }
        if (begin < length) {
            parts.add(text.sliceFrom(begin));
        }
        return parts;
    }

    private static List<Value> wordsFromRight(Text text, int most) {
        List<Value> parts = new ArrayList<>();
        var string = text.string();
        int end = Characters.skipBack(string, 0, string.length(), Characters::isSpace);
        while (end > 0 && parts.size() < most) {
            int begin = Characters.skipBack(string, 0, end, c -> !Characters.isSpace(c));
            parts.add(text.slice(begin, end));
            end = Characters.skipBack(string, 0, begin, Characters::isSpace);
        }
        if (end > 0) {
            parts.add(text.slice(0, end));
        }
        Collections.reverse(parts);
        return parts;
    }

    private static Value partition(Run run, Text text, Arguments arguments, boolean isFirst) {
        var separator = arguments.bind("partition", "sep").text(0);
        if (separator.length() == 0) {
            throw new Fault("'partition' needs a separator that is not empty");
        }
        run.chargeSearch(text, separator);
        int found =
                isFirst
                        ? text.string().indexOf(separator.string())
                        : text.string().lastIndexOf(separator.string());
        if (found < 0) {
            return isFirst
                    ? Items.tuple(text, Text.EMPTY, Text.EMPTY)
                    : Items.tuple(Text.EMPTY, Text.EMPTY, text);
        }
        int end = found + separator.length();
        return Items.tuple(text.slice(0, found), text.slice(found, end), text.sliceFrom(end));
    }

    /// The lines without an empty one after the last line's end.
    static List<Value> lines(Run run, Text text, boolean withEnds) {
        List<Value> lines = new ArrayList<>();
        var string = text.string();
        int begin = 0;
        while (begin < string.length()) {
            int end = begin;
            while (end < string.length() && !Characters.endsLine(string.charAt(end))) {
                end++;
            }
            int next = Math.min(end + 1, string.length());
            if (string.startsWith("\r\n", end)) {
                next = end + 2;
            }
            lines.add(text.slice(begin, withEnds ? next : end));
            begin = next;
        }
        run.charge(lines.size());
        return lines;
    }
}
