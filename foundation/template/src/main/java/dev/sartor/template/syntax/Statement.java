package dev.sartor.template.syntax;

import dev.sartor.template.value.Text;
import java.util.List;
import java.util.Optional;

/// What a template does.
public sealed interface Statement {
    /// The line it begins in, from 1.
    int line();

    /// The template's own text between tags.
    record Verbatim(int line, Text text) implements Statement {}

    record Output(int line, Expression value) implements Statement {}

    record If(int line, List<Branch> branches, List<Statement> otherwise) implements Statement {}

    /// One `if` or `elif`.
    record Branch(Expression condition, List<Statement> body) {}

    /// @param condition which of the values are taken
    /// @param otherwise what happens where no value came through the body
    record For(
            int line,
            Target target,
            Expression values,
            Optional<Expression> condition,
            boolean isRecursive,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    record Assign(int line, Target target, Expression value) implements Statement {}

    /// `{% set name | filter %}…{% endset %}`
    record Capture(int line, Target target, List<Expression.Applied> filters, List<Statement> body)
            implements Statement {}

    record MacroDefinition(int line, Callable callable) implements Statement {}

    /// `{% call(parameters) macro() %}…{% endcall %}`: the body is handed over as `caller`.
    record CallBlock(int line, Callable caller, Expression.Call call) implements Statement {}

    record FilterBlock(int line, List<Expression.Applied> filters, List<Statement> body)
            implements Statement {}

    record With(int line, List<Assign> assignments, List<Statement> body) implements Statement {}

    /// `{% generation %}…{% endgeneration %}`: marks what the model says; renders as its body.
    record Generation(int line, List<Statement> body) implements Statement {}

    record Break(int line) implements Statement {}

    record Continue(int line) implements Statement {}

    /// A macro, or the body of a call block.
    ///
    /// @param takesMore whether the body uses `varargs`
    /// @param takesMoreNamed whether the body uses `kwargs`
    /// @param takesCaller whether the body uses `caller`
    record Callable(
            String name,
            List<Parameter> parameters,
            List<Statement> body,
            boolean takesMore,
            boolean takesMoreNamed,
            boolean takesCaller) {}

    record Parameter(String name, Optional<Expression> otherwise) {}

    /// What can stand on the left of an assignment.
    sealed interface Target {
        record Variable(String name) implements Target {}

        /// An attribute of a namespace.
        record Member(String namespace, String attribute) implements Target {}

        record Several(List<Target> parts) implements Target {}
    }
}
