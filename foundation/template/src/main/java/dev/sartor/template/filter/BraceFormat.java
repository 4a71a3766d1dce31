package dev.sartor.template.filter;

import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Numbers;
import dev.sartor.template.value.Repr;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.TextBuilder;
import dev.sartor.template.value.Value;

/// `format.format(values)`: each `{}` is replaced by the next value, or the numbered or named one.
final class BraceFormat {
    private final Run run;
    private final Text format;
    private final Arguments arguments;
    private final TextBuilder out;
    private int position;
    private int used;
    private boolean isNumbered;

    BraceFormat(Run run, Text format, Arguments arguments) {
        this.run = run;
        this.format = format;
        this.arguments = arguments;
        this.out = run.builder();
    }

    Text result() {
        var text = format.string();
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '{' || c == '}') {
                if (text.startsWith(String.valueOf(c).repeat(2), position)) {
                    out.append(format.slice(position, position + 1));
                    position += 2;
                } else if (c == '{') {
                    replaceOne();
                } else {
                    throw new Fault("a format has a single '}'");
                }
            } else {
                int end = position;
                while (end < text.length() && "{}".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                out.append(format.slice(position, end));
                position = end;
            }
        }
        return run.finished(out);
    }

    private void replaceOne() {
        int close = format.string().indexOf('}', position);
        if (close < 0) {
            throw new Fault("a format has a single '{'");
        }
        var field = format.string().substring(position + 1, close);
        if (field.indexOf('{') >= 0) {
            throw new Fault("a format inside of a format is not supported: " + field);
        }
        position = close + 1;
        int colon = field.indexOf(':');
        var spec = colon < 0 ? "" : field.substring(colon + 1);
        var path = colon < 0 ? field : field.substring(0, colon);
        int bang = path.indexOf('!');
        var value = value(bang < 0 ? path : path.substring(0, bang));
        append(bang < 0 ? value : converted(value, path.substring(bang + 1)), spec);
    }

    private Value converted(Value value, String conversion) {
        return switch (conversion) {
            case "s" -> run.text(value);
            case "r" -> Repr.quoted(run, value);
            default -> throw new Fault("'!" + conversion + "' in a format is not supported");
        };
    }

    private void append(Value value, String spec) {
        if (spec.isEmpty()) {
            out.append(run.text(value));
            return;
        }
        var number = Numbers.number(value);
        if (number.isPresent()) {
            var parsed = FormatSpecParser.parse(spec, true);
            parsed.pad(out, Text.own(parsed.number(number.get())));
            return;
        }
        if (!(value instanceof Text text)) {
            throw Fault.wrongType("format ':" + spec + "' needs a text or number", value);
        }
        var parsed = FormatSpecParser.parse(spec, false);
        parsed.pad(out, PercentFormat.cut(text, parsed.precision()));
    }

    private Value value(String path) {
        int end = 0;
        while (end < path.length() && ".[".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        var value = argument(path.substring(0, end));
        while (end < path.length()) {
            int begin = end + 1;
            if (path.charAt(end) == '[') {
                end = path.indexOf(']', begin);
                if (end < 0) {
                    throw new Fault("a format has a '[' without ']'");
                }
                value = Members.item(run, value, key(path.substring(begin, end)));
                end++;
            } else {
                end = begin;
                while (end < path.length() && ".[".indexOf(path.charAt(end)) < 0) {
                    end++;
                }
                value = Members.attribute(run, value, path.substring(begin, end));
            }
        }
        return value;
    }

    private static Value key(String text) {
        return isNumber(text) ? Value.Int.of(FormatSpecParser.number(text)) : Text.own(text);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private Value argument(String name) {
        if (name.isEmpty() || isNumber(name)) {
            isNumbered |= !name.isEmpty();
            int index = name.isEmpty() ? used++ : FormatSpecParser.number(name);
            if (isNumbered && used > 0) {
                throw new Fault("a format numbers either all of its values or none");
            }
            if (index >= arguments.positional().size()) {
                throw new Fault("a format names value " + index + ", which is not given");
            }
            return arguments.positional().get(index);
        }
        var value = arguments.named().get(name);
        if (value == null) {
            throw new Fault("a format names '" + name + "', which is not given");
        }
        return value;
    }
}
