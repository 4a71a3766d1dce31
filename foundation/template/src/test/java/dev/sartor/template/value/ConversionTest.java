package dev.sartor.template.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.template.References;
import dev.sartor.template.Template;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConversionTest {
    private static Rendered shown(Object value) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("x", value);
        return Template.parse("{{ x }}").render(variables, References.CLOCK);
    }

    @Test
    void valuesShowAsPythonShowsThem() {
        assertThat(shown(true).text()).isEqualTo("True");
        assertThat(shown((byte) 1).text()).isEqualTo("1");
        assertThat(shown((short) 2).text()).isEqualTo("2");
        assertThat(shown(3).text()).isEqualTo("3");
        assertThat(shown(4L).text()).isEqualTo("4");
        assertThat(shown(new BigInteger("123456789012345678901234567890")).text())
                .isEqualTo("123456789012345678901234567890");
        assertThat(shown(0.1).text()).isEqualTo("0.1");
        assertThat(shown(1.5f).text()).isEqualTo("1.5");
        assertThat(shown(new BigDecimal("2.50")).text()).isEqualTo("2.5");
        assertThat(shown(Arrays.asList(1, "a", null)).text()).isEqualTo("[1, 'a', None]");
        assertThat(shown(Map.of("k", List.of(1.0))).text()).isEqualTo("{'k': [1.0]}");
        assertThat(shown(Message.user("Hi")).text()).isEqualTo("{'role': 'user', 'content': 'Hi'}");
    }

    @Test
    void jsonKeepsItsOrderAndItsKindsOfNumbers() {
        var json =
                Json.mapper()
                        .readTree(
                                "{\"z\": 1, \"a\": 1.0, \"n\": null, \"b\": [true, 12345678901234567890123, 1e3]}");
        assertThat(shown(json).text())
                .isEqualTo(
                        "{'z': 1, 'a': 1.0, 'n': None, 'b': [True, 12345678901234567890123, 1000.0]}");
    }

    @Test
    void stringsAreDataUnlessTrusted() {
        assertThat(shown("ab").data()).containsExactly(new Span(0, 2));
        assertThat(shown(new Trusted("ab")).data()).isEmpty();
        assertThat(shown(List.of(new Trusted("a"), "b")).data()).containsExactly(new Span(7, 8));
        assertThat(shown(Json.mapper().valueToTree("ab")).data()).containsExactly(new Span(0, 2));
    }

    @Test
    void theUsualRolesAreTrustedAndOtherFieldsAreNot() {
        for (var role : List.of("system", "user", "assistant", "tool", "developer", "function")) {
            assertThat(shown(Map.of("role", role)).data()).as(role).containsExactly(new Span(2, 6));
        }
        assertThat(shown(Map.of("role", "im_end")).data()).hasSize(2);
        assertThat(shown(Map.of("name", "user")).data()).hasSize(2);
    }

    @Test
    void aVariableThatNestsTooDeepIsRefused() {
        Object nested = "x";
        for (int i = 0; i < 1000; i++) {
            nested = new ArrayList<>(List.of(nested));
        }
        var deep = nested;
        assertThatThrownBy(() -> shown(deep))
                .hasMessageContaining("more than 200 lists or mappings in each other");
    }
}
