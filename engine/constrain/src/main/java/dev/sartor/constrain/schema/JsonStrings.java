package dev.sartor.constrain.schema;

import dev.sartor.constrain.automaton.Automaton;
import dev.sartor.constrain.automaton.CharEncoding;
import dev.sartor.constrain.automaton.CharacterCount;
import dev.sartor.constrain.automaton.CodePoints;
import dev.sartor.constrain.automaton.Expression;
import dev.sartor.constrain.automaton.RegexParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Strings as a schema wants them.
final class JsonStrings {
    /// A rule counts so many characters, the next so many times more, and so on: a count of any size takes few states.
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
            var character = Automaton.of(CharEncoding.JSON.of(CodePoints.all()));
            automaton = automaton.and(new CharacterCount(character, least, most));
        }
        return JsonTexts.quoted(new Expression.Words(automaton));
    }

    private static Expression characters(int least, int most) {
        return new Expression.Repetition(CharEncoding.JSON.of(CodePoints.all()), least, most);
    }

    /// First the least number of characters, then up to the most; of each length there is one way to read a string.
    private Expression counted(int least, int most) {
        var parts = new ArrayList<Expression>();
        parts.add(Expression.literal("\""));
        addExactly(least, parts);
        parts.add(most == Expression.Repetition.UNBOUNDED ? open() : upTo(most - least));
        return new Expression.Sequence(parts);
    }

    /// The count in digits to the base of a chunk's size, the largest first.
    private void addExactly(int count, List<Expression> parts) {
        for (long unit = unit(count); unit >= CHUNK; unit /= CHUNK) {
            for (long i = count / unit % CHUNK; i > 0; i--) {
                parts.add(exactly((int) unit));
            }
        }
        if (count % CHUNK > 0) {
            parts.add(exactly(count % CHUNK));
        }
    }

    /// The largest power of a chunk's size that the count reaches.
    private static long unit(int count) {
        long unit = 1;
        while (unit * CHUNK <= count) {
            unit *= CHUNK;
        }
        return unit;
    }

    /// @param count less than a chunk's size, or a power of it
    private Expression exactly(int count) {
        return grammar.rule(
                "characters " + count,
                () -> {
                    if (count <= CHUNK) {
                        return characters(count, count);
                    }
                    return new Expression.Sequence(
                            Collections.nCopies(CHUNK, exactly(count / CHUNK)));
                });
    }

    /// Any characters and the closing quote.
    private Expression open() {
        int unbounded = Expression.Repetition.UNBOUNDED;
        return grammar.rule("rest", () -> closed(characters(0, unbounded)));
    }

    /// Up to so many characters and the closing quote: fewer than the largest unit, or one such unit and what may follow it.
    private Expression upTo(int count) {
        return grammar.rule(
                "rest " + count,
                () -> {
                    if (count < CHUNK) {
                        return closed(characters(0, count));
                    }
                    int unit = (int) unit(count);
                    var after = upTo(count % unit);
                    for (int i = 0; i < count / unit; i++) {
                        after =
                                Expression.choice(
                                        upTo(unit - 1), Expression.sequence(exactly(unit), after));
                    }
                    return after;
                });
    }

    private static Expression closed(Expression characters) {
        return Expression.sequence(characters, Expression.literal("\""));
    }
}
