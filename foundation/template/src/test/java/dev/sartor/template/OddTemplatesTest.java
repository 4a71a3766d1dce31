package dev.sartor.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Odd and hostile templates over a conversation, some written and most drawn from a grammar.
class OddTemplatesTest {
    private static final int ERRORS = 460;

    @Test
    void oddTemplatesRenderLikeJinja2OrAreErrorsLikeThere() {
        var reference = References.read("templates.json.gz");
        Map<String, JsonNode> variables = new HashMap<>();
        reference
                .get("variables")
                .properties()
                .forEach(p -> variables.put(p.getKey(), p.getValue()));
        List<String> wrong = new ArrayList<>();
        int errors = 0;
        for (var row : reference.get("rows")) {
            var source = row.get("template").asString();
            var got = rendered(source, variables);
            errors += row.has("error") ? 1 : 0;
            boolean isRight =
                    row.has("error")
                            ? got.startsWith("template line ")
                            : got.equals(row.get("text").asString());
            if (!isRight) {
                wrong.add(
                        "%s%n    expected %s%n    but got  %s"
                                .formatted(
                                        source,
                                        row.path("text").asString(row.path("error").asString("")),
                                        got));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(reference.get("rows")).hasSize(1000);
        assertThat(errors).isEqualTo(ERRORS);
    }

    private static String rendered(String source, Map<String, JsonNode> variables) {
        try {
            return Template.parse(source).render(variables, References.CLOCK).text();
        } catch (SartorException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
