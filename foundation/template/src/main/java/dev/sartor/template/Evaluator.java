package dev.sartor.template;

import dev.sartor.template.filter.Filters;
import dev.sartor.template.filter.Members;
import dev.sartor.template.filter.Operators;
import dev.sartor.template.filter.Tests;
import dev.sartor.template.filter.TextMethods;
import dev.sartor.template.syntax.Expression;
import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Comparison;
import dev.sartor.template.value.Dict;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Items;
import dev.sartor.template.value.Numbers;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Scope;
import dev.sartor.template.value.Sequences;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Computes expressions.
final class Evaluator {
    private final Run run;

    Evaluator(Run run) {
        this.run = run;
    }

    Value evaluate(Expression expression, Scope scope) {
        int before = run.enter(expression.line());
        var value =
                switch (expression) {
                    case Expression.Literal literal -> literal.value();
                    case Expression.Name name -> named(name.name(), scope);
                    case Expression.Sequence sequence ->
                            new Items(sequence.kind(), all(sequence.parts(), scope));
                    case Expression.Mapping mapping -> mapping(mapping, scope);
                    case Expression.Attribute attribute ->
                            Members.attribute(
                                    run, evaluate(attribute.subject(), scope), attribute.name());
                    case Expression.Item item ->
                            Members.item(
                                    run,
                                    evaluate(item.subject(), scope),
                                    evaluate(item.key(), scope));
                    case Expression.Slice slice -> slice(slice, scope);
                    case Expression.Call call -> call(call, scope);
                    case Expression.Filtered filtered ->
                            filtered(filtered.filter(), evaluate(filtered.subject(), scope), scope);
                    case Expression.Tested tested -> tested(tested, scope);
                    case Expression.Not not ->
                            Value.Bool.of(!evaluate(not.operand(), scope).isTrue());
                    case Expression.And and -> {
                        var left = evaluate(and.left(), scope);
                        yield left.isTrue() ? evaluate(and.right(), scope) : left;
                    }
                    case Expression.Or or -> {
                        var left = evaluate(or.left(), scope);
                        yield left.isTrue() ? left : evaluate(or.right(), scope);
                    }
                    case Expression.Compare compare -> Value.Bool.of(holds(compare, scope));
                    case Expression.Binary binary ->
                            Operators.binary(
                                    run,
                                    binary.operator(),
                                    evaluate(binary.left(), scope),
                                    evaluate(binary.right(), scope));
                    case Expression.Signed signed -> signed(signed, scope);
                    case Expression.Joined joined ->
                            TextMethods.join(run, Text.EMPTY, all(joined.parts(), scope));
                    case Expression.Conditional conditional -> conditional(conditional, scope);
                };
        run.leave(before);
        return value;
    }

    private static Value named(String name, Scope scope) {
        return scope.find(name)
                .or(() -> Optional.ofNullable(Globals.ALL.get(name)))
                .orElseGet(() -> Value.Undefined.name(name));
    }

    private List<Value> all(List<Expression> expressions, Scope scope) {
        List<Value> values = new ArrayList<>(expressions.size());
        for (var expression : expressions) {
            values.add(evaluate(expression, scope));
        }
        return values;
    }

    private Value mapping(Expression.Mapping mapping, Scope scope) {
        List<Dict.Entry> entries = new ArrayList<>();
        for (var pair : mapping.pairs()) {
            var key = evaluate(pair.key(), scope);
            entries.add(new Dict.Entry(key, evaluate(pair.value(), scope)));
        }
        return new Dict(entries);
    }

    private Value slice(Expression.Slice slice, Scope scope) {
        return Sequences.slice(
                run,
                evaluate(slice.subject(), scope),
                bound(slice.start(), scope),
                bound(slice.stop(), scope),
                bound(slice.step(), scope));
    }

    private Optional<Integer> bound(Optional<Expression> expression, Scope scope) {
        if (expression.isEmpty()) {
            return Optional.empty();
        }
        var value = evaluate(expression.get(), scope);
        if (value == Value.None.NONE) {
            return Optional.empty();
        }
        if (Numbers.number(value).orElse(value) instanceof Value.Int number) {
            return Optional.of(number.clamped());
        }
        throw Fault.wrongType("a slice's bounds must be whole numbers", value);
    }

    Value call(Expression.Call call, Scope scope) {
        var callee = evaluate(call.callee(), scope);
        return run.call(callee, arguments(call.arguments(), scope));
    }

    Arguments arguments(Expression.Supplied supplied, Scope scope) {
        if (supplied.positional().isEmpty()
                && supplied.named().isEmpty()
                && supplied.spread().isEmpty()
                && supplied.spreadNamed().isEmpty()) {
            return Arguments.NONE;
        }
        var positional = all(supplied.positional(), scope);
        Map<String, Value> named = new LinkedHashMap<>();
        supplied.named().forEach((name, value) -> named.put(name, evaluate(value, scope)));
        supplied.spread()
                .ifPresent(more -> positional.addAll(Sequences.values(run, evaluate(more, scope))));
        supplied.spreadNamed().ifPresent(more -> addNamed(named, evaluate(more, scope)));
        return new Arguments(positional, named);
    }

    private void addNamed(Map<String, Value> named, Value more) {
        if (!(more instanceof Dict dict)) {
            throw Fault.wrongType("'**' needs a mapping", more);
        }
        run.charge(dict.size());
        for (var entry : dict.entries()) {
            var name = run.text(entry.key()).string();
            if (named.put(name, entry.value()) != null) {
                throw new Fault("argument '" + name + "' is given twice");
            }
        }
    }

    Value filtered(Expression.Applied filter, Value subject, Scope scope) {
        return Filters.apply(run, filter.name(), subject, arguments(filter.arguments(), scope));
    }

    private Value tested(Expression.Tested tested, Scope scope) {
        var subject = evaluate(tested.subject(), scope);
        var arguments = arguments(tested.test().arguments(), scope);
        return Value.Bool.of(Tests.holds(run, tested.test().name(), subject, arguments));
    }

    private boolean holds(Expression.Compare compare, Scope scope) {
        var left = evaluate(compare.first(), scope);
        for (var operand : compare.rest()) {
            var right = evaluate(operand.value(), scope);
            if (!Comparison.holds(run, operand.operator(), left, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private Value signed(Expression.Signed signed, Scope scope) {
        var value = evaluate(signed.operand(), scope);
        Comparison.refuseUndefined(value);
        var number =
                Numbers.number(value)
                        .orElseThrow(() -> Fault.wrongType("a sign needs a number", value));
        return signed.isNegative() ? Numbers.negated(number) : number;
    }

    private Value conditional(Expression.Conditional conditional, Scope scope) {
        if (evaluate(conditional.condition(), scope).isTrue()) {
            return evaluate(conditional.then(), scope);
        }
        return conditional.otherwise().isPresent()
                ? evaluate(conditional.otherwise().get(), scope)
                : new Value.Undefined("the condition is false and there is no 'else'");
    }
}
