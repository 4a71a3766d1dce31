package dev.sartor.template;

import dev.sartor.core.SartorException;
import dev.sartor.template.syntax.Statement;
import dev.sartor.template.syntax.StatementParser;
import dev.sartor.template.syntax.SyntaxError;
import dev.sartor.template.value.Conversion;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Rendered;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Scope;
import dev.sartor.template.value.TemplateLimits;
import dev.sartor.template.value.Value;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A template that can be rendered any number of times, by any number of threads. The language is the part of Jinja that
/// chat templates use, with jinja2's results where transformers has set it up: a newline after a block and white space
/// before it are dropped, nothing is escaped, nothing that is handed in can be changed, and `raise_exception`,
/// `strftime_now`, `break`, `continue` and `generation` are there. Filters that draw by chance are not.
public final class Template {
    private static final int LONGEST_SOURCE = 1_000_000;

    private final List<Statement> statements;
    private final Set<String> names;

    private Template(StatementParser.Parsed parsed) {
        this.statements = parsed.statements();
        this.names = Set.copyOf(parsed.foreignNames());
    }

    /// @throws SartorException a user's error that names the line
    public static Template parse(String source) {
        if (source.length() > LONGEST_SOURCE) {
            throw SartorException.user(
                    String.format(
                            Locale.ROOT,
                            "a template must be at most %d characters long, got %d: is this file a template?",
                            LONGEST_SOURCE,
                            source.length()));
        }
        try {
            return new Template(StatementParser.parse(source));
        } catch (SyntaxError e) {
            throw SartorException.user("template line " + e.line() + ": " + e.getMessage(), e);
        }
    }

    /// The names that it reads and nowhere gives a value: variables that it needs or asks for, and functions such as `range`.
    public Set<String> names() {
        return names;
    }

    public Rendered render(Map<String, ?> variables, Clock clock) {
        return render(variables, TemplateLimits.standard(), clock);
    }

    /// @param variables strings, numbers, booleans, messages, JSON, {@link Trusted} texts, lists and maps of them; null is `none`
    /// @param clock what `strftime_now` reads
    /// @throws SartorException a user's error that names the line: the template refuses, does what cannot be done, or
    ///     exceeds a limit
    public Rendered render(Map<String, ?> variables, TemplateLimits limits, Clock clock) {
        var run = new Run(limits, clock);
        try {
            Map<String, Value> values = new HashMap<>();
            variables.forEach((name, value) -> values.put(name, Conversion.value(value)));
            var out = run.builder();
            var scope = Scope.outermost(values);
            new Interpreter(run).execute(statements, scope, out);
            return out.text().rendered();
        } catch (Fault e) {
            throw SartorException.user("template line " + run.line() + ": " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw SartorException.user(
                    "template line "
                            + run.line()
                            + ": it nests deeper than this thread's stack (template limit 'depth' is "
                            + limits.depth()
                            + ")",
                    e);
        }
    }
}
