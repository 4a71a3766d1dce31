package dev.sartor.template;

import dev.sartor.template.syntax.Expression;
import dev.sartor.template.syntax.Statement;
import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Dict;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Function;
import dev.sartor.template.value.Items;
import dev.sartor.template.value.Namespace;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Scope;
import dev.sartor.template.value.Sequences;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.TextBuilder;
import dev.sartor.template.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Carries out statements.
final class Interpreter {
    /// How the statements of a loop's body go on.
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    private final Run run;
    private final Evaluator evaluator;
    private final LoopRunner loops;

    Interpreter(Run run) {
        this.run = run;
        this.evaluator = new Evaluator(run);
        this.loops = new LoopRunner(run, evaluator, this);
    }

    Flow execute(List<Statement> statements, Scope scope, TextBuilder out) {
        for (var statement : statements) {
            int before = run.enter(statement.line());
            var flow = execute(statement, scope, out);
            run.leave(before);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow execute(Statement statement, Scope scope, TextBuilder out) {
        switch (statement) {
            case Statement.Verbatim verbatim -> append(verbatim.text(), out);
            case Statement.Output output ->
                    append(run.text(evaluator.evaluate(output.value(), scope)), out);
            case Statement.If chosen -> {
                return choose(chosen, scope, out);
            }
            case Statement.For loop -> loops.execute(loop, scope, out);
            case Statement.Assign assign ->
                    assign(assign.target(), evaluator.evaluate(assign.value(), scope), scope);
            case Statement.Capture capture ->
                    assign(
                            capture.target(),
                            filtered(captured(capture.body(), scope), capture.filters(), scope),
                            scope);
            case Statement.MacroDefinition macro ->
                    scope.put(macro.callable().name(), function(macro.callable(), scope));
            case Statement.CallBlock block -> append(run.text(called(block, scope)), out);
            case Statement.FilterBlock block ->
                    append(
                            run.text(
                                    filtered(
                                            captured(block.body(), scope), block.filters(), scope)),
                            out);
            case Statement.With with -> {
                return with(with, scope, out);
            }
            case Statement.Generation generation -> {
                return execute(generation.body(), scope.inner(), out);
            }
            case Statement.Break _ -> {
                return Flow.BREAK;
            }
            case Statement.Continue _ -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.NEXT;
    }

    private void append(Text text, TextBuilder out) {
        run.chargeText(text.length());
        out.append(text);
    }

    private Flow choose(Statement.If chosen, Scope scope, TextBuilder out) {
        for (var branch : chosen.branches()) {
            if (evaluator.evaluate(branch.condition(), scope).isTrue()) {
                return execute(branch.body(), scope, out);
            }
        }
        return execute(chosen.otherwise(), scope, out);
    }

    private Flow with(Statement.With with, Scope scope, TextBuilder out) {
        var inner = scope.inner();
        for (var assignment : with.assignments()) {
            assign(assignment.target(), evaluator.evaluate(assignment.value(), scope), inner);
        }
        return execute(with.body(), inner, out);
    }

    private Text captured(List<Statement> body, Scope scope) {
        var out = run.builder();
        execute(body, scope.inner(), out);
        return run.finished(out);
    }

    private Value filtered(Value value, List<Expression.Applied> filters, Scope scope) {
        var result = value;
        for (var filter : filters) {
            result = evaluator.filtered(filter, result, scope);
        }
        return result;
    }

    void assign(Statement.Target target, Value value, Scope scope) {
        switch (target) {
            case Statement.Target.Variable variable -> scope.put(variable.name(), value);
            case Statement.Target.Member member -> {
                if (!(scope.find(member.namespace()).orElse(Value.None.NONE)
                        instanceof Namespace namespace)) {
                    throw new Fault(
                            String.format(
                                    Locale.ROOT,
                                    "'%s' is no namespace: only a namespace's attributes can be set",
                                    member.namespace()));
                }
                namespace.put(member.attribute(), value);
            }
            case Statement.Target.Several several -> {
                var values = Sequences.values(run, value);
                if (values.size() != several.parts().size()) {
                    throw new Fault(
                            String.format(
                                    Locale.ROOT,
                                    "%d names cannot take %d values",
                                    several.parts().size(),
                                    values.size()));
                }
                for (int i = 0; i < values.size(); i++) {
                    assign(several.parts().get(i), values.get(i), scope);
                }
            }
        }
    }

    private Value called(Statement.CallBlock block, Scope scope) {
        var call = block.call();
        var callee = evaluator.evaluate(call.callee(), scope);
        var arguments = evaluator.arguments(call.arguments(), scope);
        Map<String, Value> named = new HashMap<>(arguments.named());
        named.put("caller", function(block.caller(), scope));
        return run.call(callee, new Arguments(arguments.positional(), named));
    }

    /// A macro sees the names around its definition.
    private Function function(Statement.Callable callable, Scope closure) {
        return new Function(
                callable.name(),
                (_, arguments) -> invoke(callable, closure, arguments),
                name -> attribute(callable, name));
    }

    /// What a template may ask a macro about itself.
    private static Optional<Value> attribute(Statement.Callable callable, String name) {
        return switch (name) {
            case "name" -> Optional.of(Text.own(callable.name()));
            case "arguments" ->
                    Optional.of(
                            new Items(
                                    Items.Kind.TUPLE,
                                    callable.parameters().stream()
                                            .map(p -> Text.own(p.name()))
                                            .toList()));
            case "catch_kwargs" -> Optional.of(Value.Bool.of(callable.takesMoreNamed()));
            case "catch_varargs" -> Optional.of(Value.Bool.of(callable.takesMore()));
            case "caller" -> Optional.of(Value.Bool.of(callable.takesCaller()));
            default -> Optional.empty();
        };
    }

    private Text invoke(Statement.Callable callable, Scope closure, Arguments arguments) {
        var scope = closure.inner();
        bind(callable, arguments, scope);
        var out = run.builder();
        execute(callable.body(), scope, out);
        return run.finished(out);
    }

    private void bind(Statement.Callable callable, Arguments arguments, Scope scope) {
        var given = arguments.positional();
        var parameters = callable.parameters();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < parameters.size(); i++) {
            var name = parameters.get(i).name();
            var named = arguments.named().get(name);
            taken.add(name);
            if (i < given.size()) {
                refuseTwice(callable, name, named != null);
                scope.put(name, given.get(i));
            } else if (named != null) {
                scope.put(name, named);
            } else {
                var otherwise = parameters.get(i).otherwise();
                scope.put(
                        name,
                        otherwise.isPresent()
                                ? evaluator.evaluate(otherwise.get(), scope)
                                : new Value.Undefined("parameter '" + name + "' was not provided"));
            }
        }
        bindMore(callable, arguments, taken, scope);
    }

    private static void refuseTwice(Statement.Callable callable, String name, boolean isTwice) {
        if (isTwice) {
            throw new Fault("macro '" + callable.name() + "' got two values for '" + name + "'");
        }
    }

    private static void bindMore(
            Statement.Callable callable, Arguments arguments, Set<String> taken, Scope scope) {
        var given = arguments.positional();
        int count = callable.parameters().size();
        Map<String, Value> named = new HashMap<>(arguments.named());
        named.keySet().removeAll(taken);
        if (callable.takesCaller() && !taken.contains("caller")) {
            var caller = named.remove("caller");
            scope.put(
                    "caller", caller == null ? new Value.Undefined("there is no caller") : caller);
        }
        if (callable.takesMoreNamed()) {
            List<Dict.Entry> entries = new ArrayList<>();
            arguments
                    .named()
                    .forEach((name, value) -> {
                        if (named.containsKey(name)) {
                            entries.add(new Dict.Entry(Text.own(name), value));
                        }
                    });
            scope.put("kwargs", new Dict(entries));
        } else if (!named.isEmpty()) {
            throw new Fault(
                    String.format(
                            Locale.ROOT,
                            "macro '%s' has no parameter '%s'",
                            callable.name(),
                            named.keySet().iterator().next()));
        }
        if (callable.takesMore()) {
            var more = given.subList(Math.min(count, given.size()), given.size());
            scope.put("varargs", new Items(Items.Kind.TUPLE, more));
        } else if (given.size() > count) {
            throw new Fault(
                    String.format(
                            Locale.ROOT,
                            "macro '%s' takes at most %d arguments, got %d",
                            callable.name(),
                            count,
                            given.size()));
        }
    }
}
