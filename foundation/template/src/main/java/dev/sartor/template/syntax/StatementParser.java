package dev.sartor.template.syntax;

import dev.sartor.template.value.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads a template's statements.
public final class StatementParser {
    private final TokenStream stream;
    private final ExpressionParser expressions;
    private final TargetParser targets;

    private StatementParser(TokenStream stream) {
        this.stream = stream;
        this.expressions = new ExpressionParser(stream);
        this.targets = new TargetParser(stream, expressions);
    }

    /// @param foreignNames read, and nowhere given a value
    public record Parsed(List<Statement> statements, Set<String> foreignNames) {}

    public static Parsed parse(String source) {
        var parser = new StatementParser(new TokenStream(Lexer.tokens(source)));
        var all = parser.body(Set.of());
        parser.stream.throwUnknown();
        return new Parsed(all, parser.stream.foreignNames());
    }

    /// Reads up to a tag that begins with one of these words, whose `{%` is consumed, or to the template's end where
    /// there are none.
    private List<Statement> body(Set<String> ends) {
        List<Statement> all = new ArrayList<>();
        while (true) {
            var token = stream.next();
            switch (token.kind()) {
                case DATA -> all.add(new Statement.Verbatim(token.line(), Text.own(token.text())));
                case VARIABLE_BEGIN -> {
                    all.add(new Statement.Output(token.line(), expressions.tuple(true)));
                    stream.expect(Token.Kind.VARIABLE_END, "'}}'");
                }
                case BLOCK_BEGIN -> {
                    if (stream.is(Token.Kind.NAME) && ends.contains(stream.current().text())) {
                        return all;
                    }
                    all.add(statement());
                    stream.expect(Token.Kind.BLOCK_END, "'%}'");
                }
                case END -> {
                    if (ends.isEmpty()) {
                        return all;
                    }
                    throw stream.unexpected(
                            "'{% " + String.join(" %}' or '{% ", new TreeSet<>(ends)) + " %}'");
                }
                default -> throw new SyntaxError(token.line(), "unexpected " + token.described());
            }
        }
    }

    /// Reads a block's body after its opening tag, up to the word that ends it, which is consumed.
    private List<Statement> block(String end) {
        var body = openBody(Set.of(end));
        stream.next();
        return body;
    }

    private List<Statement> openBody(Set<String> ends) {
        stream.skipOperator(":");
        stream.expect(Token.Kind.BLOCK_END, "'%}'");
        stream.enter();
        var body = body(ends);
        stream.leave();
        return body;
    }

    /// A block whose names do not leave it.
    private List<Statement> scopedBlock(String end) {
        int mark = stream.unknownMark();
        var body = block(end);
        stream.insistSince(mark);
        return body;
    }

    private Statement statement() {
        var word = stream.expect(Token.Kind.NAME, "a statement");
        int line = word.line();
        return switch (word.text()) {
            case "if" -> ifStatement(line);
            case "for" -> forStatement(line);
            case "set" -> set(line);
            case "macro" -> macro(line);
            case "call" -> callBlock(line);
            case "filter" -> filterBlock(line);
            case "with" -> with(line);
            case "print" -> print(line);
            case "generation" -> new Statement.Generation(line, scopedBlock("endgeneration"));
            case "break" -> {
                refuseOutsideLoop(word);
                yield new Statement.Break(line);
            }
            case "continue" -> {
                refuseOutsideLoop(word);
                yield new Statement.Continue(line);
            }
            default -> throw new SyntaxError(line, "unknown tag '" + word.text() + "'");
        };
    }

    private Statement print(int line) {
        List<Expression> values = new ArrayList<>();
        while (!stream.is(Token.Kind.BLOCK_END)) {
            if (!values.isEmpty()) {
                stream.expectOperator(",");
            }
            values.add(expressions.expression());
        }
        return new Statement.Output(line, new Expression.Joined(line, values));
    }

    private void refuseOutsideLoop(Token word) {
        if (!stream.isInLoop()) {
            throw new SyntaxError(word.line(), "'" + word.text() + "' outside of a loop");
        }
    }

    private Statement ifStatement(int line) {
        int mark = stream.unknownMark();
        List<Statement.Branch> branches = new ArrayList<>();
        List<Statement> otherwise = List.of();
        var ends = Set.of("elif", "else", "endif");
        while (true) {
            var condition = expressions.tuple(false);
            branches.add(new Statement.Branch(condition, openBody(ends)));
            var word = stream.next().text();
            if (word.equals("else")) {
                otherwise = block("endif");
            }
            if (!word.equals("elif")) {
                break;
            }
        }
        stream.forgiveSince(mark);
        return new Statement.If(line, branches, otherwise);
    }

    private Statement forStatement(int line) {
        var target = targets.loopTarget();
        stream.expectName("in");
        var values = expressions.tuple(false);
        int mark = stream.unknownMark();
        Optional<Expression> condition =
                stream.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        boolean isRecursive = stream.skipName("recursive");
        boolean wasInLoop = stream.setInLoop(true);
        var body = openBody(Set.of("endfor", "else"));
        stream.setInLoop(wasInLoop);
        List<Statement> otherwise =
                stream.next().text().equals("else") ? block("endfor") : List.of();
        stream.insistSince(mark);
        return new Statement.For(line, target, values, condition, isRecursive, body, otherwise);
    }

    private Statement set(int line) {
        var target = targets.target(true);
        if (stream.skipOperator("=")) {
            return new Statement.Assign(line, target, expressions.tuple(true));
        }
        int mark = stream.unknownMark();
        var filters = expressions.postfix().filters();
        var body = block("endset");
        stream.insistSince(mark);
        return new Statement.Capture(line, target, filters, body);
    }

    private Statement macro(int line) {
        var name = targets.name().text();
        stream.met(name);
        return new Statement.MacroDefinition(
                line, callable(name, targets.parameters(), "endmacro"));
    }

    private Statement callBlock(int line) {
        var parameters =
                stream.isOperator("(") ? targets.parameters() : List.<Statement.Parameter>of();
        var expression = expressions.expression();
        if (!(expression instanceof Expression.Call call)) {
            throw new SyntaxError(line, "'call' needs a call, such as 'call name(…)'");
        }
        var caller = callable("caller", parameters, "endcall");
        return new Statement.CallBlock(line, caller, call);
    }

    /// Reads a callable's body, and sees which of the special names it uses.
    private Statement.Callable callable(
            String name, List<Statement.Parameter> parameters, String end) {
        Set<String> used = new HashSet<>();
        var outer = stream.exchangeNames(used);
        boolean wasInLoop = stream.setInLoop(false);
        var body = scopedBlock(end);
        stream.setInLoop(wasInLoop);
        stream.exchangeNames(outer);
        used.forEach(stream::met);
        return new Statement.Callable(
                name,
                parameters,
                body,
                used.contains("varargs"),
                used.contains("kwargs"),
                used.contains("caller"));
    }

    private Statement filterBlock(int line) {
        int mark = stream.unknownMark();
        List<Expression.Applied> filters =
                new ArrayList<>(List.of(expressions.postfix().filterWithoutBar()));
        filters.addAll(expressions.postfix().filters());
        var body = block("endfilter");
        stream.insistSince(mark);
        return new Statement.FilterBlock(line, filters, body);
    }

    private Statement with(int line) {
        int mark = stream.unknownMark();
        List<Statement.Assign> assignments = new ArrayList<>();
        while (!stream.is(Token.Kind.BLOCK_END)) {
            if (!assignments.isEmpty()) {
                stream.expectOperator(",");
            }
            var target = targets.target(false);
            stream.expectOperator("=");
            assignments.add(new Statement.Assign(line, target, expressions.expression()));
        }
        var body = block("endwith");
        stream.insistSince(mark);
        return new Statement.With(line, assignments, body);
    }
}
