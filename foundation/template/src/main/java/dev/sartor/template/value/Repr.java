package dev.sartor.template.value;

import java.util.Iterator;
import java.util.Locale;

/// Values as Python's `str` and `repr` show them.
public final class Repr {
    private static final int DEEPEST = 200;

    private final Run run;
    private final TextBuilder out;
    private int depth;

    Repr(Run run) {
        this.run = run;
        this.out = run.builder();
    }

    /// `str` of anything but a text: undefined shows as nothing.
    TextBuilder append(Value value) {
        run.chargeWalk(value);
        if (!(value instanceof Value.Undefined)) {
            write(value);
        }
        return out;
    }

    /// `repr`: a text stands in quotes.
    public static Text quoted(Run run, Value value) {
        var repr = new Repr(run);
        run.chargeWalk(value);
        repr.write(value);
        return run.finished(repr.out);
    }

    private void write(Value value) {
        if (++depth > DEEPEST) {
            throw new Fault("a value to print has more than " + DEEPEST + " values in each other");
        }
        switch (value) {
            case Text text -> writeQuoted(text);
            case Value.Int number -> out.append(number.value().toString());
            case Value.Real real -> out.append(Numbers.repr(real.value()));
            case Value.Bool bool -> out.append(bool.isTrue() ? "True" : "False");
            case Value.None _ -> out.append("None");
            case Value.Undefined _ -> out.append("Undefined");
            case Items items -> writeItems(items);
            case Dict dict -> writeDict(dict);
            case Namespace namespace -> {
                out.append("<Namespace ");
                write(namespace.asDict());
                out.append(">");
            }
            case Loop loop ->
                    out.append(String.format(Locale.ROOT, "<LoopContext %s>", loop.position()));
            case OneShot _ -> out.append("<generator>");
            case Function function -> out.append("<function '" + function.name() + "'>");
        }
        depth--;
    }

    private void writeItems(Items items) {
        switch (items.kind()) {
            case LIST -> writeAll("[", items, "]");
            case TUPLE, GROUP -> writeAll("(", items, items.size() == 1 ? ",)" : ")");
            case KEYS, VALUES, PAIRS -> writeAll(items.typeName() + "([", items, "])");
            case RANGE -> writeRange(items);
        }
    }

    private void writeAll(String before, Items items, String after) {
        out.append(before);
        var separator = "";
        for (var value : items.values()) {
            out.append(separator);
            write(value);
            separator = ", ";
        }
        out.append(after);
    }

    private void writeRange(Items range) {
        Iterator<Value> numbers = range.values().iterator();
        long first = number(numbers, 0);
        long second = number(numbers, first + 1);
        long step = second - first;
        long end = range.size() == 0 ? 0 : first + step * range.size();
        out.append("range(" + first + ", " + end + (step == 1 ? "" : ", " + step) + ")");
    }

    private static long number(Iterator<Value> numbers, long otherwise) {
        return numbers.hasNext() && numbers.next() instanceof Value.Int number
                ? number.value().longValue()
                : otherwise;
    }

    private void writeDict(Dict dict) {
        out.append("{");
        var separator = "";
        for (var entry : dict.entries()) {
            out.append(separator);
            write(entry.key());
            out.append(": ");
            write(entry.value());
            separator = ", ";
        }
        out.append("}");
    }

    private void writeQuoted(Text text) {
        boolean hasSingle = text.string().indexOf('\'') >= 0;
        boolean hasDouble = text.string().indexOf('"') >= 0;
        char quote = hasSingle && !hasDouble ? '"' : '\'';
        out.append(String.valueOf(quote));
        text.forEachRun((piece, isData) -> out.append(escaped(piece, quote), isData));
        out.append(String.valueOf(quote));
    }

    private static String escaped(String piece, char quote) {
        var result = new StringBuilder(piece.length());
        piece.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '\n' -> result.append("\\n");
                        case '\r' -> result.append("\\r");
                        case '\t' -> result.append("\\t");
                        case '\\' -> result.append("\\\\");
                        default -> {
                            if (c == quote) {
                                result.append('\\').append(quote);
                            } else if (Characters.isPrintable(c)) {
                                result.appendCodePoint(c);
                            } else {
                                result.append(numbered(c));
                            }
                        }
                    }
                });
        return result.toString();
    }

    private static String numbered(int character) {
        if (character < 0x100) {
            return String.format(Locale.ROOT, "\\x%02x", character);
        }
        return String.format(Locale.ROOT, character < 0x10000 ? "\\u%04x" : "\\U%08x", character);
    }
}
