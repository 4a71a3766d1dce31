package dev.sartor.template.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.SartorException;
import dev.sartor.template.References;
import dev.sartor.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Broken templates: real ones with pieces cut, doubled and moved.
class MutatedTemplatesTest {
    private static final int MUTANTS = 3_000;
    private static final List<String> BITS =
            List.of(
                    "{{",
                    "}}",
                    "{%",
                    "%}",
                    "{#",
                    "#}",
                    "-",
                    "|",
                    "(",
                    ")",
                    "[",
                    "]",
                    "'",
                    "\"",
                    "\\",
                    ".",
                    "=",
                    " if ",
                    " else ",
                    " for ",
                    " in ",
                    "{% endif %}",
                    "{% endfor %}",
                    "{% set ",
                    "{% macro m() %}",
                    "{% endmacro %}",
                    "* 99999",
                    "|tojson",
                    "|length",
                    "[::-1]",
                    "|list",
                    "none",
                    "0",
                    "{% raw %}",
                    "~");

    @Test
    void everyMutantRendersOrIsTheUsersError() {
        long seed = 20260102;
        var random = new Random(seed);
        var reference = References.read("chat-templates.json.gz");
        var sources = new ArrayList<>(References.strings(reference.get("templates")).values());
        sources.sort(null);
        Map<String, Object> variables = new HashMap<>();
        variables.put("messages", reference.get("cases").get("many calls").get("messages"));
        variables.put("tools", reference.get("cases").get("many calls").get("tools"));
        variables.put("add_generation_prompt", true);
        var limits = new TemplateLimits(50_000, 200_000, 200, 1000);
        int rendered = 0;
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            var mutant = mutated(sources.get(random.nextInt(sources.size())), random);
            try {
                Template.parse(mutant).render(variables, limits, References.CLOCK);
                rendered++;
            } catch (SartorException e) {
                assertThat(e.kind())
                        .as("seed %d, %s", seed, mutant)
                        .isEqualTo(SartorException.Kind.USER);
                assertThat(e).as("seed %d", seed).hasMessageStartingWith("template line ");
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", mutant " + i + ":\n" + mutant, e);
            }
        }
        assertThat(rendered).isGreaterThan(MUTANTS / 20);
        assertThat(refused).isGreaterThan(MUTANTS / 20);
    }

    private static String mutated(String source, RandomGenerator random) {
        var text = new StringBuilder(source);
        for (int changes = random.nextInt(1, 4); changes > 0 && !text.isEmpty(); changes--) {
            int begin = random.nextInt(text.length());
            int end = Math.min(text.length(), begin + random.nextInt(1, 20));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(begin, end);
                case 1 -> text.insert(begin, text.substring(begin, end));
                case 2 -> text.insert(begin, BITS.get(random.nextInt(BITS.size())));
                default -> {
                    var moved = text.substring(begin, end);
                    text.delete(begin, end);
                    text.insert(random.nextInt(text.length() + 1), moved);
                }
            }
        }
        return text.toString();
    }
}
