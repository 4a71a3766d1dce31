package dev.sartor.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedYamlTest {
    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void whatIsNestedDeeplyIsFoundBeforeItOverflowsTheStack(String opening) {
        assertThat(BoundedYaml.of("a: b\nc:\n " + opening.repeat(5_000)))
                .hasValueSatisfying(excess -> {
                    assertThat(excess.line()).isEqualTo(3);
                    assertThat(excess.problem()).contains("more than 50 deep");
                });
    }

    @Test
    void depthThatAliasesStackUpCounts() {
        var yaml = new StringBuilder("- &a0 [[[[[x]]]]]\n");
        for (int i = 1; i <= 12; i++) {
            yaml.append("- &a%d [[[[[*a%d]]]]]\n".formatted(i, i - 1));
        }
        assertThat(BoundedYaml.of(yaml.toString()))
                .hasValueSatisfying(excess -> assertThat(excess.line()).isEqualTo(10));
    }

    @Test
    void anOrdinaryFileWithAnchorsPasses() {
        assertThat(BoundedYaml.of("a: &x {b: [1, 2]}\nc: *x\nd: &y text\ne: [*y, *y, *x]\n"))
                .isEmpty();
        assertThat(BoundedYaml.of("a: [not closed")).isEmpty();
    }
}
