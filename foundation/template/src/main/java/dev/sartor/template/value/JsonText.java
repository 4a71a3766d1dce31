package dev.sartor.template.value;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Values as JSON, in the very notation of Python's `json.dumps`: templates depend on its spaces.
public final class JsonText {
    /// @param isAscii whether everything beyond ASCII is escaped
    /// @param indent what each level begins its lines with; empty for one line
    public record Style(
            boolean isAscii,
            Optional<String> indent,
            String betweenItems,
            String afterKey,
            boolean isSorted) {
        private static final int WIDEST_INDENT = 100;

        /// @param bound the arguments ensure_ascii, indent, separators, sort_keys
        public static Style of(Run run, Arguments.Bound bound) {
            var indent = bound.given(1).map(value -> indent(bound, value));
            var betweenItems = indent.isPresent() ? "," : ", ";
            var afterKey = ": ";
            if (bound.given(2).isPresent()) {
                var separators = Sequences.values(run, bound.required(2));
                if (separators.size() != 2) {
                    throw new Fault("'tojson' needs two separators");
                }
                betweenItems = run.text(separators.get(0)).string();
                afterKey = run.text(separators.get(1)).string();
            }
            return new Style(
                    bound.flag(0, false), indent, betweenItems, afterKey, bound.flag(3, false));
        }

        private static String indent(Arguments.Bound bound, Value value) {
            if (value instanceof Text text) {
                return text.string();
            }
            int width = bound.number(1, 0);
            if (width > WIDEST_INDENT) {
                throw new Fault("'tojson' indents by at most " + WIDEST_INDENT + ", got " + width);
            }
            return " ".repeat(Math.max(0, width));
        }
    }

    private final Run run;
    private final Style style;
    private final TextBuilder out;
    private int depth;

    public JsonText(Run run, Style style) {
        this.run = run;
        this.style = style;
        this.out = run.builder();
    }

    public Text of(Value value) {
        run.chargeWalk(value);
        write(value);
        return run.finished(out);
    }

    private void write(Value value) {
        switch (value) {
            case Text text -> writeText(text);
            case Value.Int number -> out.append(number.value().toString());
            case Value.Real real -> out.append(real(real.value()));
            case Value.Bool bool -> out.append(bool.isTrue() ? "true" : "false");
            case Value.None _ -> out.append("null");
            case Dict dict -> writeDict(dict);
            case Items items when items.kind() == Items.Kind.LIST || items.kind().isTuple() ->
                    writeItems(items);
            case Items _, OneShot _, Namespace _, Loop _, Function _, Value.Undefined _ ->
                    throw new Fault("'" + value.typeName() + "' has no form in JSON");
        }
    }

    private static String real(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        return Numbers.repr(number);
    }

    private void writeItems(Items items) {
        if (items.size() == 0) {
            out.append("[]");
            return;
        }
        out.append("[");
        depth++;
        boolean isFirst = true;
        for (var value : items.values()) {
            beginItem(isFirst);
            write(value);
            isFirst = false;
        }
        depth--;
        newLine();
        out.append("]");
    }

    private void writeDict(Dict dict) {
        if (dict.size() == 0) {
            out.append("{}");
            return;
        }
        out.append("{");
        depth++;
        boolean isFirst = true;
        for (var entry : inOrder(dict)) {
            beginItem(isFirst);
            writeKey(entry.key());
            out.append(style.afterKey());
            write(entry.value());
            isFirst = false;
        }
        depth--;
        newLine();
        out.append("}");
    }

    private Collection<Dict.Entry> inOrder(Dict dict) {
        if (!style.isSorted()) {
            return dict.entries();
        }
        Comparator<Dict.Entry> byKey =
                (a, b) -> Comparison.order(run, "<", a.key(), b.key()).orElse(0);
        return dict.entries().stream().sorted(byKey).toList();
    }

    private void writeKey(Value key) {
        switch (key) {
            case Text text -> writeText(text);
            case Value.Int _, Value.Real _, Value.Bool _, Value.None _ -> {
                out.append("\"");
                write(key);
                out.append("\"");
            }
            default -> throw Fault.wrongType("a key in JSON must be a text or number", key);
        }
    }

    private void beginItem(boolean isFirst) {
        if (!isFirst) {
            out.append(style.betweenItems());
        }
        newLine();
    }

    private void newLine() {
        style.indent().ifPresent(indent -> out.append("\n").repeat(indent, depth));
    }

    private void writeText(Text text) {
        out.append("\"");
        text.forEachRun((piece, isData) -> out.append(escaped(piece), isData));
        out.append("\"");
    }

    private String escaped(String piece) {
        var result = new StringBuilder(piece.length() + 8);
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            switch (c) {
                case '"' -> result.append("\\\"");
                case '\\' -> result.append("\\\\");
                case '\n' -> result.append("\\n");
                case '\r' -> result.append("\\r");
                case '\t' -> result.append("\\t");
                case '\f' -> result.append("\\f");
                case '\b' -> result.append("\\b");
                default -> {
                    if (c < ' ' || (style.isAscii() && c > '~')) {
                        result.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        result.append(c);
                    }
                }
            }
        }
        return result.toString();
    }
}
