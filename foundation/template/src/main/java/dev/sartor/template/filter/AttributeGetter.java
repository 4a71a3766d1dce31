package dev.sartor.template.filter;

import dev.sartor.template.value.Run;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gets what a filter's argument `attribute` names: a key or position, or several of them with dots between.
final class AttributeGetter {
    private final Run run;
    private final List<Value> path;
    private final Optional<Value> otherwise;

    private AttributeGetter(Run run, List<Value> path, Optional<Value> otherwise) {
        this.run = run;
        this.path = path;
        this.otherwise = otherwise;
    }

    /// Without an attribute it gets the value itself.
    static AttributeGetter of(Run run, Optional<Value> attribute) {
        return of(run, attribute, Optional.empty());
    }

    /// @param otherwise what stands for an undefined result
    static AttributeGetter of(Run run, Optional<Value> attribute, Optional<Value> otherwise) {
        return new AttributeGetter(
                run, attribute.map(AttributeGetter::path).orElse(List.of()), otherwise);
    }

    private static List<Value> path(Value attribute) {
        if (!(attribute instanceof Text text)) {
            return List.of(attribute);
        }
        List<Value> path = new ArrayList<>();
        int begin = 0;
        while (begin <= text.length()) {
            int dot = text.string().indexOf('.', begin);
            int end = dot < 0 ? text.length() : dot;
            var part = text.slice(begin, end);
            boolean isNumber =
                    part.length() > 0 && part.string().chars().allMatch(c -> c >= '0' && c <= '9');
            path.add(isNumber ? Value.Int.of(FormatSpecParser.number(part.string())) : part);
            begin = end + 1;
        }
        return path;
    }

    Value get(Value value) {
        var result = value;
        for (var part : path) {
            run.charge(1);
            result = Members.item(run, result, part);
            if (result instanceof Value.Undefined && otherwise.isPresent()) {
                result = otherwise.get();
            }
        }
        return result;
    }

    /// As {@link #get}, but texts in lower case, for comparing without regard to case.
    Value folded(Value value) {
        return get(value) instanceof Text text ? TextMethods.lower(text) : get(value);
    }

    /// @param caseSensitive the filter's argument
    Value comparable(Value value, boolean caseSensitive) {
        return caseSensitive ? get(value) : folded(value);
    }
}
