package dev.sartor.template.filter;

import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Characters;
import dev.sartor.template.value.Comparison;
import dev.sartor.template.value.Dict;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Items;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Sequences;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.TextCase;
import dev.sartor.template.value.Value;
import java.util.HashMap;
import java.util.Map;

/// Filters that make texts of texts. What is not a text is first printed.
final class TextFilters {
    private static final int STANDARD_INDENT = 4;
    private static final int STANDARD_WIDTH = 80;

    private TextFilters() {}

    static Map<String, Filters.Filter> all() {
        Map<String, Filters.Filter> all = new HashMap<>();
        all.put("upper", (run, subject, _) -> TextMethods.upper(charged(run, subject)));
        all.put("lower", (run, subject, _) -> TextMethods.lower(charged(run, subject)));
        all.put("capitalize", (run, subject, _) -> TextCase.capitalize(charged(run, subject)));
        all.put("title", (run, subject, _) -> title(charged(run, subject)));
        all.put("string", (run, subject, _) -> run.text(subject));
        all.put("safe", (run, subject, _) -> run.text(subject).asMarkup());
        all.put("trim", TextFilters::trim);
        all.put("replace", TextFilters::replace);
        all.put("center", TextFilters::center);
        all.put("indent", TextFilters::indent);
        all.put("join", TextFilters::join);
        all.put("format", TextFilters::format);
        all.put("truncate", TextFilters::truncate);
        all.put("urlencode", UrlText::encoded);
        all.put("wordcount", (run, subject, _) -> wordCount(charged(run, subject)));
        all.put("escape", (run, subject, _) -> escaped(run, run.text(subject)));
        all.put("e", (run, subject, _) -> escaped(run, run.text(subject)));
        all.put("forceescape", (run, subject, _) -> forceEscaped(run, run.text(subject)));
        return all;
    }

    private static Text charged(Run run, Value subject) {
        var text = run.text(subject);
        run.chargeText(text.length());
        return text;
    }

    /// Each part after white space, a hyphen or an opening bracket begins in upper case.
    private static Text title(Text text) {
        var result = new StringBuilder(text.length());
        boolean isInside = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.string().codePointAt(i);
            int width = Character.charCount(c);
            var one = text.slice(i, i + width);
            result.append(isInside ? TextMethods.lower(one) : TextMethods.upper(one));
            isInside = !Characters.isSpace(c) && "-({[<".indexOf(c) < 0;
            i += width;
        }
        return text.mappedTo(result.toString());
    }

    private static Value trim(Run run, Value subject, Arguments arguments) {
        var text = charged(run, subject);
        var bound = arguments.bind("trim", "chars");
        if (bound.given(0).isEmpty()) {
            return TextMethods.strip(text, Characters::isSpace, true, true);
        }
        var set = bound.text(0);
        run.chargeSearch(text, set);
        return TextMethods.strip(text, c -> set.string().indexOf(c) >= 0, true, true);
    }

    private static Value replace(Run run, Value subject, Arguments arguments) {
        var bound = arguments.bind("replace", "old", "new", "count");
        int count = bound.given(2).map(_ -> bound.number(2, -1)).orElse(-1);
        return TextMethods.replace(
                run,
                run.text(subject),
                run.text(bound.required(0)),
                run.text(bound.required(1)),
                count);
    }

    private static Value center(Run run, Value subject, Arguments arguments) {
        int width = arguments.bind("center", "width").number(0, STANDARD_WIDTH);
        return TextMethods.centered(run, run.text(subject), width, ' ');
    }

    private static Value indent(Run run, Value subject, Arguments arguments) {
        Comparison.refuseUndefined(subject);
        if (!(subject instanceof Text given)) {
            throw Fault.wrongType("'indent' needs a text", subject);
        }
        var bound = arguments.bind("indent", "width", "first", "blank");
        var indent =
                bound.at(0).orElseGet(() -> Value.Int.of(STANDARD_INDENT)) instanceof Text own
                        ? own
                        : run.builder()
                                .repeat(" ", Math.max(0, bound.number(0, STANDARD_INDENT)))
                                .text();
        boolean isBlankToo = bound.flag(2, false);
        var text = run.joined(given, Text.own("\n"));
        var lines = TextSplitting.lines(run, text, false);
        var out = run.builder();
        for (int i = 0; i < lines.size(); i++) {
            var line = (Text) lines.get(i);
            boolean isIndented = i == 0 ? bound.flag(1, false) : isBlankToo || line.length() > 0;
            out.append(i == 0 ? "" : "\n");
            out.append(isIndented ? indent : Text.EMPTY).append(line);
        }
        return run.finished(out);
    }

    private static Value join(Run run, Value subject, Arguments arguments) {
        var bound = arguments.bind("join", "d", "attribute");
        var getter = AttributeGetter.of(run, bound.given(1));
        var values = Sequences.values(run, subject).stream().map(getter::get).toList();
        var separator = bound.at(0).map(run::text).orElse(Text.EMPTY);
        return TextMethods.join(run, separator, values);
    }

    private static Value format(Run run, Value subject, Arguments arguments) {
        Value values;
        if (arguments.named().isEmpty()) {
            values = new Items(Items.Kind.TUPLE, arguments.positional());
        } else {
            values =
                    new Dict(
                            arguments.named().entrySet().stream()
                                    .map(e -> new Dict.Entry(Text.own(e.getKey()), e.getValue()))
                                    .toList());
        }
        return new PercentFormat(run, run.text(subject), values).result();
    }

    private static Value truncate(Run run, Value subject, Arguments arguments) {
        var bound = arguments.bind("truncate", "length", "killwords", "end", "leeway");
        int length = bound.number(0, 255);
        var end = bound.text(2, "...");
        int leeway = bound.given(3).map(_ -> bound.number(3, 0)).orElse(5);
        int found =
                Sequences.length(subject)
                        .orElseThrow(() -> Fault.wrongType("'truncate' needs a text", subject));
        if (found <= (long) length + leeway) {
            return subject;
        }
        if (!(subject instanceof Text text)) {
            throw Fault.wrongType("'truncate' needs a text", subject);
        }
        run.chargeText(text.length());
        if (length < end.codePoints()) {
            throw new Fault("'truncate' needs a length of at least its end's");
        }
        var kept = text.slice(0, text.position(length - end.codePoints()));
        int lastSpace = kept.string().lastIndexOf(' ');
        boolean isWhole = bound.flag(1, false) || lastSpace < 0;
        return run.joined(isWhole ? kept : kept.slice(0, lastSpace), end);
    }

    private static Value wordCount(Text text) {
        int count = 0;
        boolean isInside = false;
        for (int c : text.string().codePoints().toArray()) {
            boolean isWord = Character.isLetterOrDigit(c) || c == '_';
            count += isWord && !isInside ? 1 : 0;
            isInside = isWord;
        }
        return Value.Int.of(count);
    }

    /// As safe HTML, which markup already is.
    static Text escaped(Run run, Text text) {
        return text.isMarkup() ? text : forceEscaped(run, text);
    }

    private static Text forceEscaped(Run run, Text text) {
        var out = run.builder();
        text.forEachRun((piece, isData) ->
                out.append(
                        piece.replace("&", "&amp;")
                                .replace("<", "&lt;")
                                .replace(">", "&gt;")
                                .replace("'", "&#39;")
                                .replace("\"", "&#34;"),
                        isData));
        return run.finished(out).asMarkup();
    }
}
