package dev.sartor.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Corners of the language that published templates do not reach.
class SnippetsTest {
    @Test
    void smallTemplatesRenderLikeJinja2() {
        var reference = References.read("snippets.json.gz");
        Map<String, JsonNode> variables = new HashMap<>();
        reference
                .get("variables")
                .properties()
                .forEach(p -> variables.put(p.getKey(), p.getValue()));
        List<String> wrong = new ArrayList<>();
        for (var row : reference.get("rows")) {
            var snippet = row.get("snippet").asString();
            var expected = row.path("text").asString("an error");
            var got = rendered(snippet, variables);
            boolean isRight =
                    row.has("error") ? got.startsWith("template line ") : got.equals(expected);
            if (!isRight) {
                wrong.add(snippet + "\n    expected " + row + "\n    but got  " + got);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String rendered(String snippet, Map<String, JsonNode> variables) {
        try {
            return Template.parse(snippet).render(variables, References.CLOCK).text();
        } catch (SartorException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
