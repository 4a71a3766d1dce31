package dev.sartor.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.constrain.Vocabularies;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.generate.sample.RandomAnswers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a schema says is obeyed or refused by name, never ignored.
class SchemaRefusalsTest {
    private static final RandomAnswers ANSWERS =
            new RandomAnswers(Vocabularies.small(), Vocabularies.END);

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{'not': {'type': 'null'}} ~ #/not: is not supported",
                "{'if': {}, 'then': {}} ~ #/if: is not supported",
                "{'properties': {'a': {'patternProperties': {}}}} ~ #/properties/a/patternProperties: is not",
                "{'items': {'contains': {}}} ~ #/items/contains: is not supported",
                "{'$defs': {'x': {'propertyNames': {}}}} ~ #/$defs/x/propertyNames: is not supported",
                "{'unevaluatedProperties': false} ~ #/unevaluatedProperties: is not supported",
                "{'$dynamicRef': '#a'} ~ #/$dynamicRef: is not supported",
                "{'minlength': 3} ~ #/minlength: is not a known keyword. Did you mean 'minLength'?",
                "{'frobnicate': 3} ~ #/frobnicate: is not a known keyword.",
                "{'type': 'text'} ~ #/type: must be one of",
                "{'type': []} ~ #/type: must be one of",
                "{'minimum': '3'} ~ #/minimum: must be a number",
                "{'exclusiveMinimum': true} ~ #/exclusiveMinimum: must be a number",
                "{'multipleOf': 0} ~ #/multipleOf: must be above 0",
                "{'minLength': -1} ~ #/minLength: must be a whole number from 0",
                "{'required': 'a'} ~ #/required: must be a list of names",
                "{'enum': []} ~ #/enum: must be a list of values",
                "{'anyOf': []} ~ #/anyOf: must be a list of schemas",
                "{'items': [{}]} ~ #/items: must be a schema",
                "{'properties': {'a': 3}} ~ #/properties/a: must be a schema",
                "{'format': 'color'} ~ #/format: 'color' is not supported, these are: [date,",
                "{'$ref': 'https://example.org/s'} ~ leads out of the schema",
                "{'$ref': '#/$defs/none'} ~ names nothing",
                "{'$ref': '#'} ~ refers to itself without anything in between",
                "{'anyOf': [{'$ref': '#'}, {'type': 'null'}]} ~ refers to itself without anything in between",
                "{'allOf': [{'$ref': '#'}]} ~ refers to itself",
                "{'type': 'string', 'pattern': 'a(?=b)'} ~ look-ahead",
                "{'type': 'array', 'items': {'type': 'string'}, 'uniqueItems': true} ~ uniqueItems is supported for",
                "{'type': 'object', 'minProperties': 2} ~ minProperties is not supported",
                "{'properties': {'a': {}, 'b': {}}, 'maxProperties': 1} ~ maxProperties is not supported",
                "{'enum': [{}], 'properties': {'a': {}}} ~ properties beside enum or const is not supported",
                "{'oneOf': [{'type': 'integer'}, {'type': 'number'}]} ~ branches 0 and 1 may both be true",
                "{'oneOf': [{'enum': [1, 2]}, {'enum': [2]}]} ~ branches 0 and 1 may both be true",
                "{'oneOf': [{'properties': {'a': {'const': 1}}}, {'properties': {'a': {'const': 2}}}]}"
                        + " ~ branches 0 and 1 may both be true",
                "{'allOf': [{'multipleOf': 2}, {'multipleOf': 3}]} ~ two different values of multipleOf",
                "false ~ no answer can have the form",
                "{'type': 'integer', 'minimum': 3, 'maximum': 2} ~ no answer can have the form",
                "{'type': 'string', 'enum': [1]} ~ no answer can have the form",
                "{'type': 'array', 'minItems': 2, 'maxItems': 1} ~ no answer can have the form",
                "{'required': ['a'], 'additionalProperties': false, 'type': 'object'} ~ no answer can",
                "{'properties': {'a': {'$ref': '#'}}, 'required': ['a'], 'type': 'object'} ~ no answer can",
                "{'allOf': [{'type': 'string'}, {'type': 'null'}]} ~ no answer can have the form",
            })
    void whatCannotBeHeldIsRefusedByName(String schema, String what) {
        var node = Json.mapper().readTree(schema.strip().replace('\'', '"'));
        assertThatThrownBy(() -> ANSWERS.least(new AnswerForm.JsonText(node, 1)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(what.strip())
                .extracting(e -> ((SartorException) e).kind())
                .isEqualTo(SartorException.Kind.USER);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        var node = Json.mapper().readTree("{\"not\": {}, \"items\": {\"contains\": {}}, \"x\": 1}");
        assertThatThrownBy(() -> ANSWERS.least(new AnswerForm.JsonText(node, 1)))
                .hasMessageContaining("#/not")
                .hasMessageContaining("#/items/contains")
                .hasMessageContaining("#/x")
                .hasMessageContaining("3 problems");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{'oneOf': [{'type': 'integer'}, {'type': 'string'}]}",
                "{'oneOf': [{'const': 1}, {'const': '1'}, {'type': 'null'}]}",
                "{'oneOf': [{'$ref': '#/$defs/a'}, {'anyOf': [{'type': 'null'}, {'type': 'boolean'}]}],"
                        + " '$defs': {'a': {'type': 'array'}}}",
            })
    void oneOfIsHeldWhereItsBranchesExcludeEachOther(String schema) {
        var node = Json.mapper().readTree(schema.replace('\'', '"'));
        assertThat(ANSWERS.least(new AnswerForm.JsonText(node, 1))).isPositive();
    }

    @Test
    void nullableAddsNullAsOpenApiSays() {
        var node = Json.mapper().readTree("{\"type\": \"integer\", \"nullable\": true}");
        var form = new AnswerForm.JsonText(node, 4);
        var seen = new java.util.HashSet<Boolean>();
        for (int i = 0; i < 40; i++) {
            seen.add(ANSWERS.answer(form, 4, RandomAnswers.Wish.NOTHING, i).equals("null"));
        }
        assertThat(seen).containsExactlyInAnyOrder(true, false);
    }

    /// Deeper than readers take, whatever the model would like.
    @Test
    void nestingEndsWhereReadersWouldRefuseIt() {
        var form = AnswerForm.JsonText.any(2000);
        var text = ANSWERS.answer(form, 2000, RandomAnswers.Wish.NESTING, 3);
        int depth = 0;
        int deepest = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted) {
                depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
                deepest = Math.max(deepest, depth);
            }
        }
        assertThat(deepest).isBetween(10, 65);
        assertThat(Json.mapper().readTree(text)).isNotNull();
    }
}
