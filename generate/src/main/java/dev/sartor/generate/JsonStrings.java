package dev.sartor.generate;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Strings as a schema wants them.
final class JsonStrings {
    /// Characters that one rule counts, so that long strings share its states.
    private static final int CHUNK = 64;

    private final JsonSchemaGrammar grammar;

    JsonStrings(JsonSchemaGrammar grammar) {
        this.grammar = grammar;
    }

    Expression any() {
        return grammar.rule("string", JsonTexts::string);
    }

    Expression of(JsonNode schema) {
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(Expression.Repetition.UNBOUNDED);
        var expressions = expressions(schema);
        if (!expressions.isEmpty()) {
            return written(expressions, least, most);
        }
        if (most != Expression.Repetition.UNBOUNDED && most < least) {
            return new Expression.Choice(List.of());
        }
        return least == 0 && most == Expression.Repetition.UNBOUNDED ? any() : counted(least, most);
    }

    private static List<Expression> expressions(JsonNode schema) {
        var all = new ArrayList<Expression>();
        SchemaValues.patterns(schema)
                .forEach(pattern -> all.add(RegexParser.anywhere(pattern, CharEncoding.JSON)));
        if (schema.has("format")) {
            for (var format : SchemaForms.names(schema.get("format"))) {
                var regex = JsonFormats.pattern(format).orElseThrow();
                all.add(RegexParser.whole(regex, CharEncoding.JSON));
            }
        }
        return all;
    }

    /// All of the expressions at once; each character is written in one way, so that the automata can be compared.
    private static Expression written(List<Expression> expressions, int least, int most) {
        var automaton = Automaton.of(expressions.getFirst());
        for (var other : expressions.subList(1, expressions.size())) {
            automaton = automaton.and(Automaton.of(other));
        }
        if (least > 0 || most != Expression.Repetition.UNBOUNDED) {
            automaton = automaton.and(Automaton.of(characters(least, most)));
        }
        return JsonTexts.quoted(new Expression.Words(automaton));
    }

    private static Expression characters(int least, int most) {
        return new Expression.Repetition(CharEncoding.JSON.of(CodePoints.all()), least, most);
    }

    /// First the least number of characters, then up to the most, in chunks; each way to read a string is the only one.
    private Expression counted(int least, int most) {
        var parts = new ArrayList<Expression>();
        parts.add(Expression.literal("\""));
        for (int i = 0; i < least / CHUNK; i++) {
            parts.add(exactly(CHUNK));
        }
        parts.add(exactly(least % CHUNK));
        parts.add(most == Expression.Repetition.UNBOUNDED ? open() : upTo(most - least));
        return new Expression.Sequence(parts);
    }

    private Expression exactly(int count) {
        return count == 0
                ? Expression.empty()
                : grammar.rule("characters " + count, () -> characters(count, count));
    }

    /// Any characters and the closing quote.
    private Expression open() {
        int unbounded = Expression.Repetition.UNBOUNDED;
        return grammar.rule("rest", () -> closed(characters(0, unbounded)));
    }

    private Expression upTo(int count) {
        var after = tail(count % CHUNK);
        for (int i = 0; i < count / CHUNK; i++) {
            after = Expression.choice(tail(CHUNK - 1), Expression.sequence(exactly(CHUNK), after));
        }
        return after;
    }

    private Expression tail(int most) {
        return grammar.rule("rest " + most, () -> closed(characters(0, most)));
    }

    private static Expression closed(Expression characters) {
        return Expression.sequence(characters, Expression.literal("\""));
    }
}
