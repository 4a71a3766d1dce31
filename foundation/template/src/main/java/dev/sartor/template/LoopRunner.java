package dev.sartor.template;

import dev.sartor.template.syntax.Expression;
import dev.sartor.template.syntax.Statement;
import dev.sartor.template.value.Function;
import dev.sartor.template.value.Loop;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Scope;
import dev.sartor.template.value.Sequences;
import dev.sartor.template.value.TextBuilder;
import dev.sartor.template.value.Value;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Carries out loops.
final class LoopRunner {
    private final Run run;
    private final Evaluator evaluator;
    private final Interpreter interpreter;

    LoopRunner(Run run, Evaluator evaluator, Interpreter interpreter) {
        this.run = run;
        this.evaluator = evaluator;
        this.interpreter = interpreter;
    }

    void execute(Statement.For loop, Scope scope, TextBuilder out) {
        execute(loop, evaluator.evaluate(loop.values(), scope), 0, scope, out);
    }

    private void execute(
            Statement.For statement, Value values, int depth, Scope scope, TextBuilder out) {
        var loop = loop(statement, values, depth, scope);
        boolean isUntouched = true;
        while (loop.hasNext()) {
            run.charge(1);
            var inner = scope.inner();
            interpreter.assign(statement.target(), loop.next(), inner);
            inner.put("loop", loop);
            var flow = interpreter.execute(statement.body(), inner, out);
            if (flow == Interpreter.Flow.BREAK) {
                break;
            }
            // as in jinja2, a body left by `continue` does not count
            isUntouched &= flow == Interpreter.Flow.CONTINUE;
        }
        if (isUntouched) {
            interpreter.execute(statement.otherwise(), scope.inner(), out);
        }
    }

    private Loop loop(Statement.For statement, Value values, int depth, Scope scope) {
        var iterator = Sequences.iterator(run, values);
        Optional<Function> recursion =
                statement.isRecursive()
                        ? Optional.of(recursion(statement, depth, scope))
                        : Optional.empty();
        return statement.condition().isPresent()
                ? new Loop(
                        new Chosen(statement, statement.condition().get(), iterator, scope),
                        Optional.empty(),
                        depth,
                        recursion)
                : new Loop(iterator, Sequences.length(values), depth, recursion);
    }

    private Function recursion(Statement.For statement, int depth, Scope scope) {
        return new Function(
                "loop",
                (_, arguments) -> {
                    var values = arguments.bind("loop", "iterable").required(0);
                    var out = run.builder();
                    execute(statement, values, depth + 1, scope, out);
                    return run.finished(out);
                });
    }

    /// The values for which a loop's condition holds at the time when they are asked for.
    private final class Chosen implements Iterator<Value> {
        private final Statement.For statement;
        private final Expression condition;
        private final Iterator<Value> values;
        private final Scope scope;
        private Optional<Value> next = Optional.empty();

        Chosen(Statement.For statement, Expression condition, Iterator<Value> values, Scope scope) {
            this.statement = statement;
            this.condition = condition;
            this.values = values;
            this.scope = scope;
        }

        @Override
        public boolean hasNext() {
            while (next.isEmpty() && values.hasNext()) {
                run.charge(1);
                var value = values.next();
                var inner = scope.inner();
                interpreter.assign(statement.target(), value, inner);
                if (evaluator.evaluate(condition, inner).isTrue()) {
                    next = Optional.of(value);
                }
            }
            return next.isPresent();
        }

        @Override
        public Value next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var value = next.get();
            next = Optional.empty();
            return value;
        }
    }
}
