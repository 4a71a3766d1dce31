package dev.sartor.template.filter;

import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Characters;
import dev.sartor.template.value.Dict;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Function;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Sequences;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.TextCase;
import dev.sartor.template.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/// The methods of texts.
public final class TextMethods {
    /// What a method does.
    @FunctionalInterface
    interface Method {
        Value call(Run run, Text text, Arguments arguments);
    }

    /// What a method without parameters does.
    private interface Plain {
        Value call(Text text);
    }

    private static final Map<String, Method> ALL = all();

    private TextMethods() {}

    static Optional<Value> bound(Text text, String name) {
        return Optional.ofNullable(ALL.get(name))
                .map(method ->
                        new Function(
                                name,
                                (run, arguments) -> {
                                    run.chargeText(text.length());
                                    return method.call(run, text, arguments);
                                }));
    }

    private static Map<String, Method> all() {
        Map<String, Method> all = new HashMap<>();
        all.put("strip", (run, text, given) -> strip(run, text, given, true, true));
        all.put("lstrip", (run, text, given) -> strip(run, text, given, true, false));
        all.put("rstrip", (run, text, given) -> strip(run, text, given, false, true));
        plain(all, "upper", TextMethods::upper);
        plain(all, "lower", TextMethods::lower);
        plain(all, "casefold", TextMethods::lower);
        plain(all, "title", TextCase::title);
        plain(all, "capitalize", TextCase::capitalize);
        plain(all, "swapcase", TextCase::swap);
        all.put("replace", TextMethods::replace);
        all.put("join", TextMethods::join);
        all.put("format", (run, text, given) -> new BraceFormat(run, text, given).result());
        all.put("format_map", TextMethods::formatMap);
        all.put("zfill", (run, text, given) -> pad(run, text, given, '='));
        all.put("center", TextMethods::center);
        all.put("ljust", (run, text, given) -> pad(run, text, given, '<'));
        all.put("rjust", (run, text, given) -> pad(run, text, given, '>'));
        all.put("expandtabs", TextMethods::expandTabs);
        putTests(all);
        all.putAll(TextSearch.methods());
        all.putAll(TextSplitting.methods());
        return Map.copyOf(all);
    }

    /// A method without parameters.
    private static void plain(Map<String, Method> all, String name, Plain method) {
        all.put(
                name,
                (_, text, given) -> {
                    given.bind(name);
                    return method.call(text);
                });
    }

    private static void putTests(Map<String, Method> all) {
        plain(all, "isspace", text -> each(text, Characters::isSpace));
        plain(all, "isalpha", text -> each(text, Character::isLetter));
        plain(all, "isdigit", text -> each(text, Character::isDigit));
        plain(all, "isdecimal", text -> each(text, Character::isDigit));
        plain(all, "isnumeric", text -> each(text, TextMethods::isNumeric));
        plain(all, "isalnum", text -> each(text, c -> Character.isLetter(c) || isNumeric(c)));
        plain(all, "isascii", text -> Value.Bool.of(isAscii(text)));
        plain(all, "isidentifier", text -> Value.Bool.of(isIdentifier(text.string())));
        plain(all, "isprintable", text -> Value.Bool.of(isPrintable(text)));
        plain(all, "istitle", text -> Value.Bool.of(TextCase.isTitle(text)));
        plain(all, "isupper", text -> Value.Bool.of(TextCase.isUpper(text)));
        plain(all, "islower", text -> Value.Bool.of(TextCase.isLower(text)));
    }

    private static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && (text.codePointAt(0) == '_'
                        || Character.isUnicodeIdentifierStart(text.codePointAt(0)))
                && text.codePoints().allMatch(c -> Character.isUnicodeIdentifierPart(c))
                && text.codePoints().noneMatch(Character::isIdentifierIgnorable);
    }

    private static boolean isPrintable(Text text) {
        return text.string().codePoints().allMatch(Characters::isPrintable);
    }

    private static boolean isAscii(Text text) {
        return text.string().chars().allMatch(c -> c < 128);
    }

    private static boolean isNumeric(int character) {
        int type = Character.getType(character);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private static Value each(Text text, IntPredicate fits) {
        return Value.Bool.of(text.length() > 0 && text.string().codePoints().allMatch(fits));
    }

    static Text upper(Text text) {
        return text.mappedTo(text.string().toUpperCase(Locale.ROOT));
    }

    static Text lower(Text text) {
        return text.mappedTo(text.string().toLowerCase(Locale.ROOT));
    }

    private static Text strip(
            Run run, Text text, Arguments arguments, boolean atBegin, boolean atEnd) {
        var characters = arguments.bind("strip", "chars").given(0);
        if (characters.isEmpty()) {
            return strip(text, Characters::isSpace, atBegin, atEnd);
        }
        if (!(characters.get() instanceof Text set)) {
            throw Fault.wrongType("'strip' needs a text of characters", characters.get());
        }
        run.chargeSearch(text, set);
        return strip(text, c -> set.string().indexOf(c) >= 0, atBegin, atEnd);
    }

    static Text strip(Text text, IntPredicate fits, boolean atBegin, boolean atEnd) {
        var string = text.string();
        int begin = atBegin ? Characters.skip(string, 0, string.length(), fits) : 0;
        int end =
                atEnd ? Characters.skipBack(string, begin, string.length(), fits) : string.length();
        return text.slice(begin, end);
    }

    private static Value replace(Run run, Text text, Arguments arguments) {
        var bound = arguments.bind("replace", "old", "new", "count");
        return replace(run, text, bound.text(0), bound.text(1), bound.number(2, -1));
    }

    /// @param count how many at most; all where negative
    static Text replace(Run run, Text text, Text old, Text fresh, int count) {
        run.chargeSearch(text, old);
        var string = text.string();
        var out = run.builder();
        int done = 0;
        int position = 0;
        int found = string.indexOf(old.string());
        while (found >= 0 && (count < 0 || done < count)) {
            out.append(text.slice(position, found)).append(fresh);
            done++;
            run.charge(1);
            position = found + old.length();
            int next = old.length() > 0 ? position : found + 1;
            found = next > string.length() ? -1 : string.indexOf(old.string(), next);
        }
        return done == 0 ? text : run.finished(out.append(text.sliceFrom(position)));
    }

    private static Value join(Run run, Text separator, Arguments arguments) {
        var values = Sequences.values(run, arguments.bind("join", "iterable").required(0));
        for (var value : values) {
            if (!(value instanceof Text)) {
                throw Fault.wrongType("'join' needs texts", value);
            }
        }
        return join(run, separator, values);
    }

    public static Text join(Run run, Text separator, List<Value> values) {
        var out = run.builder();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(separator);
            }
            out.append(run.text(values.get(i)));
        }
        return run.finished(out);
    }

    /// Spaces up to the next column that is a multiple of the tab's size, counted anew in each line.
    private static Value expandTabs(Run run, Text text, Arguments arguments) {
        int size = Math.max(0, arguments.bind("expandtabs", "tabsize").number(0, 8));
        var out = run.builder();
        int column = 0;
        int begin = 0;
        var string = text.string();
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '\t') {
                int missing = size == 0 ? 0 : size - column % size;
                out.append(text.slice(begin, i)).repeat(" ", missing);
                column += missing;
                begin = i + 1;
            } else if (c == '\n' || c == '\r') {
                column = 0;
            } else if (!Character.isLowSurrogate(c)) {
                column++;
            }
        }
        return run.finished(out.append(text.sliceFrom(begin)));
    }

    private static Value formatMap(Run run, Text text, Arguments arguments) {
        if (!(arguments.bind("format_map", "mapping").required(0) instanceof Dict dict)) {
            throw new Fault("'format_map' needs a mapping");
        }
        Map<String, Value> named = new HashMap<>();
        dict.entries().forEach(entry -> named.put(run.text(entry.key()).string(), entry.value()));
        return new BraceFormat(run, text, new Arguments(List.of(), named)).result();
    }

    private static Text pad(Run run, Text text, Arguments arguments, char align) {
        var bound = arguments.bind("padding", "width", "fillchar");
        return padded(run, text, bound.number(0, 0), align, fill(bound, align == '=' ? "0" : " "));
    }

    private static Value center(Run run, Text text, Arguments arguments) {
        var bound = arguments.bind("center", "width", "fillchar");
        return centered(run, text, bound.number(0, 0), fill(bound, " "));
    }

    private static int fill(Arguments.Bound bound, String otherwise) {
        var fill = bound.text(1, otherwise);
        if (fill.codePoints() != 1) {
            throw new Fault("padding needs exactly one character to fill with");
        }
        return fill.string().codePointAt(0);
    }

    /// As CPython does it: the odd character goes left where the width is odd, else right.
    static Text centered(Run run, Text text, int width, int fill) {
        int missing = Math.max(0, width - text.codePoints());
        int left = missing / 2 + (missing & width & 1);
        var filling = Character.toString(fill);
        var out = run.builder().repeat(filling, left).append(text);
        return run.finished(out.repeat(filling, missing - left));
    }

    private static Text padded(Run run, Text text, int width, char align, int fill) {
        var spec =
                new FormatSpec(
                        fill, align, '-', false, width, (char) 0, Optional.empty(), (char) 0);
        var out = run.builder();
        spec.pad(out, text);
        return run.finished(out);
    }
}
