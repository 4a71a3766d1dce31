package dev.sartor.constrain.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.constrain.automaton.Automaton;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class NumeralAutomatonTest {
    private static final Pattern NUMERAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");

    /// Against arithmetic: every text of up to five of these symbols.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'minimum': 0}",
                "{'minimum': 1, 'maximum': 12}",
                "{'minimum': -12, 'maximum': -1}",
                "{'minimum': -1.5, 'maximum': 1.05}",
                "{'exclusiveMinimum': 0, 'exclusiveMaximum': 1}",
                "{'exclusiveMinimum': -1, 'maximum': 0}",
                "{'minimum': 10.5}",
                "{'maximum': -0.11}",
                "{'minimum': 100, 'maximum': 100}",
                "{'minimum': 5, 'maximum': 4}",
                "{'multipleOf': 3}",
                "{'multipleOf': 0.5, 'minimum': -2}",
                "{'multipleOf': 0.15}",
                "{'multipleOf': 100}",
            })
    void takesExactlyTheNumeralsInRange(String schema) {
        var keywords = Json.mapper().readTree(schema.replace('\'', '"'));
        for (boolean integer : new boolean[] {true, false}) {
            var automaton = NumeralAutomaton.of(NumberRange.of(keywords, integer));
            for (var text : texts()) {
                assertThat(takes(automaton, text))
                        .as("%s, integer: %s", text, integer)
                        .isEqualTo(isRight(text, keywords, integer));
            }
        }
    }

    private static boolean isRight(String text, JsonNode schema, boolean integer) {
        if (!NUMERAL.matcher(text).matches() || (integer && text.contains("."))) {
            return false;
        }
        var value = new BigDecimal(text);
        if (value.signum() == 0 && text.startsWith("-")) {
            return false;
        }
        var step =
                schema.has("multipleOf") ? schema.get("multipleOf").decimalValue() : BigDecimal.ONE;
        int decimals = Math.max(0, new BigDecimal(text).scale());
        // With a step no more decimals are written than it has.
        boolean written = !schema.has("multipleOf") || decimals <= Math.max(0, step.scale());
        return written
                && (!schema.has("multipleOf") || value.remainder(step).signum() == 0)
                && at(schema, "minimum", value) >= 0
                && at(schema, "exclusiveMinimum", value) > 0
                && at(schema, "maximum", value) * -1 >= (schema.has("maximum") ? 0 : -1)
                && at(schema, "exclusiveMaximum", value) * -1
                        > (schema.has("exclusiveMaximum") ? 0 : -2);
    }

    private static int at(JsonNode schema, String keyword, BigDecimal value) {
        return schema.has(keyword) ? value.compareTo(schema.get(keyword).decimalValue()) : 1;
    }

    private static List<String> texts() {
        var texts = new ArrayList<String>(List.of(""));
        for (int from = 0, length = 0; length < 5; length++) {
            int end = texts.size();
            for (; from < end; from++) {
                for (char each : "01259.-".toCharArray()) {
                    texts.add(texts.get(from) + each);
                }
            }
        }
        return texts;
    }

    private static boolean takes(Automaton automaton, String text) {
        int state = 0;
        for (int i = 0; i < text.length() && state != Automaton.DEAD; i++) {
            state = automaton.step(state, text.charAt(i));
        }
        return state != Automaton.DEAD && automaton.accepts(state);
    }

    @Test
    void aStepThatNeedsTooManyStatesIsRefusedByName() {
        var schema = Json.mapper().readTree("{\"multipleOf\": 123456789}");
        assertThatThrownBy(() -> NumeralAutomaton.of(NumberRange.of(schema, true)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("multipleOf 123456789 cannot be held");
    }
}
