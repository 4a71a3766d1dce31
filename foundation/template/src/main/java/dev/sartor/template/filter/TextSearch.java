package dev.sartor.template.filter;

import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Items;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Sequences;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The methods that look for one text in another.
final class TextSearch {
    private TextSearch() {}

    static Map<String, TextMethods.Method> methods() {
        return Map.of(
                "startswith", (run, text, given) -> has(run, text, given, true),
                "endswith", (run, text, given) -> has(run, text, given, false),
                "find", (run, text, given) -> find(run, text, given, true, false),
                "rfind", (run, text, given) -> find(run, text, given, false, false),
                "index", (run, text, given) -> find(run, text, given, true, true),
                "rindex", (run, text, given) -> find(run, text, given, false, true),
                "count", TextSearch::count,
                "removeprefix", TextSearch::withoutPrefix,
                "removesuffix", TextSearch::withoutSuffix);
    }

    /// The part that the arguments `start` and `end` name.
    private static Text window(Run run, Text text, Arguments.Bound bound) {
        var start = bound.given(1).map(_ -> bound.number(1, 0));
        var end = bound.given(2).map(_ -> bound.number(2, 0));
        return (Text) Sequences.slice(run, text, start, end, Optional.empty());
    }

    private static Value has(Run run, Text text, Arguments arguments, boolean atBegin) {
        var bound = arguments.bind(atBegin ? "startswith" : "endswith", "text", "start", "end");
        var string = window(run, text, bound).string();
        List<Value> choices =
                bound.required(0) instanceof Items items && items.kind().isTuple()
                        ? items.values()
                        : List.of(bound.text(0));
        run.charge(choices.size());
        for (var choice : choices) {
            if (!(choice instanceof Text part)) {
                throw Fault.wrongType(bound.function() + " needs texts", choice);
            }
            run.chargeText(part.length());
            if (atBegin ? string.startsWith(part.string()) : string.endsWith(part.string())) {
                return Value.Bool.TRUE;
            }
        }
        return Value.Bool.FALSE;
    }

    private static Value find(
            Run run, Text text, Arguments arguments, boolean isFirst, boolean mustExist) {
        var bound = arguments.bind("find", "text", "start", "end");
        var part = bound.text(0);
        var window = window(run, text, bound);
        run.chargeSearch(window, part);
        int found =
                isFirst
                        ? window.string().indexOf(part.string())
                        : window.string().lastIndexOf(part.string());
        if (found < 0) {
            if (mustExist) {
                throw new Fault("the text to find is not there");
            }
            return Value.Int.of(-1);
        }
        int start = bound.given(1).map(_ -> bound.number(1, 0)).orElse(0);
        int offset = start < 0 ? Math.max(0, start + text.codePoints()) : start;
        return Value.Int.of((long) offset + window.string().codePointCount(0, found));
    }

    private static Value count(Run run, Text text, Arguments arguments) {
        var bound = arguments.bind("count", "text", "start", "end");
        var part = bound.text(0);
        var window = window(run, text, bound);
        run.chargeSearch(window, part);
        if (part.length() == 0) {
            return Value.Int.of(window.codePoints() + 1L);
        }
        int count = 0;
        for (int i = window.string().indexOf(part.string());
                i >= 0;
                i = window.string().indexOf(part.string(), i + part.length())) {
            count++;
        }
        return Value.Int.of(count);
    }

    private static Value withoutPrefix(Run run, Text text, Arguments arguments) {
        var prefix = arguments.bind("removeprefix", "prefix").text(0);
        run.chargeText(prefix.length());
        return text.string().startsWith(prefix.string()) ? text.sliceFrom(prefix.length()) : text;
    }

    private static Value withoutSuffix(Run run, Text text, Arguments arguments) {
        var suffix = arguments.bind("removesuffix", "suffix").text(0);
        run.chargeText(suffix.length());
        return text.string().endsWith(suffix.string())
                ? text.slice(0, text.length() - suffix.length())
                : text;
    }
}
