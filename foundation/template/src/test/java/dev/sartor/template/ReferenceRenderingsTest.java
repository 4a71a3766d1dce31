package dev.sartor.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.SartorException;
import dev.sartor.template.value.TemplateLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReferenceRenderingsTest {
    private final JsonNode templates = References.read("chat-templates.json.gz");
    private final Map<String, String> sources = References.strings(templates.get("templates"));

    private final Map<String, Template> parsed = new HashMap<>();

    @Test
    void rendersThe784RowsLikeJinja2() {
        var rendered = References.read("rendered.json.gz");
        var rows = rendered.get("rows").valueStream().toList();
        List<String> wrong = new ArrayList<>();
        for (var row : rows) {
            var result =
                    render(
                            row.get("template").asString(),
                            row.get("messages"),
                            row.get("tools"),
                            row.get("add_generation_prompt").booleanValue(),
                            Map.of());
            compare(row, row, result).ifPresent(wrong::add);
        }
        assertThat(wrong).isEmpty();
        assertThat(rows).hasSize(784);
        assertThat(rows.stream().filter(row -> row.has("error"))).hasSize(42);
    }

    @Test
    void rendersAllPublishedTemplatesInAllCasesLikeJinja2() {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (var row : templates.get("rows")) {
            var given = templates.get("cases").get(row.get("case").asString());
            Map<String, JsonNode> extra = new HashMap<>();
            given.get("extra").properties().forEach(p -> extra.put(p.getKey(), p.getValue()));
            for (boolean isGeneration : new boolean[] {false, true}) {
                var result =
                        render(
                                row.get("template").asString(),
                                given.get("messages"),
                                given.get("tools"),
                                isGeneration,
                                extra);
                compare(row, row.get(isGeneration ? "generation" : "plain"), result)
                        .ifPresent(wrong::add);
                count++;
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(count).isEqualTo(4544);
    }

    /// A rendering, or why there is none.
    private record Result(String text, boolean isError) {}

    private Result render(
            String template,
            JsonNode messages,
            JsonNode tools,
            boolean addGenerationPrompt,
            Map<String, JsonNode> extra) {
        try {
            var chat =
                    new ChatTemplate(
                            parsed.computeIfAbsent(
                                    template,
                                    name -> Template.parse(sources.getOrDefault(name, ""))),
                            References.strings(templates.get("special_tokens")),
                            TemplateLimits.standard(),
                            References.CLOCK);
            var given = tools.isNull() ? Optional.<JsonNode>empty() : Optional.of(tools);
            return new Result(
                    chat.render(messages, given, addGenerationPrompt, extra).text(), false);
        } catch (SartorException e) {
            assertThat(e.kind()).isEqualTo(SartorException.Kind.USER);
            return new Result(String.valueOf(e.getMessage()), true);
        }
    }

    private static Optional<String> compare(JsonNode row, JsonNode expected, Result result) {
        boolean isRight =
                expected.has("error")
                        ? result.isError()
                        : !result.isError()
                                && result.text().equals(expected.get("text").asString());
        return isRight
                ? Optional.empty()
                : Optional.of(
                        row.get("template")
                                + " "
                                + row.get("case")
                                + "\n expected "
                                + expected.path("error")
                                        .asString(expected.path("text").asString(""))
                                + "\n but got "
                                + result.text());
    }
}
