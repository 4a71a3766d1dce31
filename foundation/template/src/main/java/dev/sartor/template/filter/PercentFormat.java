package dev.sartor.template.filter;

import dev.sartor.template.value.Dict;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Function;
import dev.sartor.template.value.Items;
import dev.sartor.template.value.Loop;
import dev.sartor.template.value.Namespace;
import dev.sartor.template.value.Numbers;
import dev.sartor.template.value.OneShot;
import dev.sartor.template.value.Repr;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.TextBuilder;
import dev.sartor.template.value.Value;
import java.util.List;
import java.util.Optional;

/// `format % values`: each `%` with its letter is replaced by the next value, or the named one.
final class PercentFormat {
    private final Run run;
    private final Text format;
    private final Value values;
    private final List<Value> inOrder;
    private final TextBuilder out;
    private int used;
    private int position;

    PercentFormat(Run run, Text format, Value values) {
        this.run = run;
        this.format = format;
        this.values = values;
        this.inOrder =
                values instanceof Items items && items.kind().isTuple()
                        ? items.values()
                        : List.of(values);
        this.out = run.builder();
    }

    Text result() {
        var text = format.string();
        while (true) {
            int percent = text.indexOf('%', position);
            if (percent < 0) {
                break;
            }
            out.append(format.slice(position, percent));
            position = percent + 1;
            replaceOne();
        }
        out.append(format.sliceFrom(position));
        if (used < inOrder.size() && !mayBeMapping(values)) {
            throw new Fault("'%' got more values than its format shows");
        }
        return run.finished(out);
    }

    /// Python takes what can be indexed by anything for a mapping, which need not be used up.
    private static boolean mayBeMapping(Value values) {
        return switch (values) {
            case Dict _, Value.Undefined _ -> true;
            case Items items -> items.kind().isSequence() && !items.kind().isTuple();
            case Text _,
                    OneShot _,
                    Namespace _,
                    Loop _,
                    Function _,
                    Value.Int _,
                    Value.Real _,
                    Value.Bool _,
                    Value.None _ ->
                    false;
        };
    }

    private void replaceOne() {
        Optional<Value> named = Optional.empty();
        if (peek() == '(') {
            named = Optional.of(named());
        }
        boolean isLeft = false;
        boolean isZero = false;
        boolean isAlternate = false;
        char sign = '-';
        for (; "-+ 0#".indexOf(peek()) >= 0; position++) {
            switch (peek()) {
                case '-' -> isLeft = true;
                case '0' -> isZero = true;
                case '#' -> isAlternate = true;
                case '+' -> sign = '+';
                default -> sign = sign == '+' ? sign : ' ';
            }
        }
        int width = digits();
        Optional<Integer> precision = Optional.empty();
        if (peek() == '.') {
            position++;
            precision = Optional.of(digits());
        }
        char type = peek();
        position++;
        if (type == '%') {
            out.append("%");
            return;
        }
        boolean isText = "sra".indexOf(type) >= 0;
        char align = isZero && !isText ? '=' : '>';
        var spec =
                new FormatSpec(
                        align == '=' && !isLeft ? '0' : ' ',
                        isLeft ? '<' : align,
                        sign,
                        isAlternate,
                        width,
                        (char) 0,
                        precision,
                        type);
        spec.pad(out, shown(spec, named.isPresent() ? named.get() : nextValue()));
    }

    private Text shown(FormatSpec spec, Value value) {
        return switch (spec.type()) {
            case 's' -> cut(run.text(value), spec.precision());
            case 'r' -> cut(Repr.quoted(run, value), spec.precision());
            case 'd', 'i', 'u' -> Text.own(spec.number(wholeNumber(value)));
            case 'x', 'X', 'o', 'f', 'F', 'e', 'E', 'g', 'G' ->
                    Text.own(spec.number(number(value)));
            default -> throw new Fault("'%" + spec.type() + "' is not supported in a format");
        };
    }

    static Text cut(Text text, Optional<Integer> length) {
        return length.filter(most -> most < text.codePoints())
                .map(most -> text.slice(0, text.position(most)))
                .orElse(text);
    }

    private static Value number(Value value) {
        return Numbers.number(value)
                .orElseThrow(() -> Fault.wrongType("the format needs a number", value));
    }

    private static Value wholeNumber(Value value) {
        var number = number(value);
        return number instanceof Value.Real real
                ? new Value.Int(Dict.wholeNumber(real.value()))
                : number;
    }

    private Value named() {
        int close = format.string().indexOf(')', position);
        if (close < 0 || !(values instanceof Dict dict)) {
            throw new Fault("'%(name)' in a format needs a mapping");
        }
        var name = format.slice(position + 1, close);
        position = close + 1;
        return dict.get(name)
                .orElseThrow(() -> new Fault("the mapping has no '" + name + "' for its format"));
    }

    private Value nextValue() {
        if (used >= inOrder.size()) {
            throw new Fault("'%' got fewer values than its format shows");
        }
        return inOrder.get(used++);
    }

    private int digits() {
        int begin = position;
        while (Character.isDigit(peek())) {
            position++;
        }
        return FormatSpecParser.number(format.string().substring(begin, position));
    }

    private char peek() {
        if (position >= format.length()) {
            throw new Fault("a format ends inside of a '%'");
        }
        return format.string().charAt(position);
    }
}
