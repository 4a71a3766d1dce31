package dev.sartor.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedYamlTest {
    @TempDir private Path folder;

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

    @Test
    void fiftyListsWithinEachOtherPassAndFiftyOneDoNot() {
        assertThat(BoundedYaml.of("[".repeat(50) + "]".repeat(50))).isEmpty();
        assertThat(BoundedYaml.of("[".repeat(51) + "]".repeat(51))).isPresent();
        assertThat(BoundedYaml.of("text")).isEmpty();
    }

    @Test
    void whatIsTooDeepByAnAliasIsToldOfWhereTheAliasStands() {
        var deep = "- &a " + "[".repeat(48) + "x" + "]".repeat(48) + "\n";
        assertThat(BoundedYaml.of(deep + "- [\n *a\n ]\n")).isEmpty();
        assertThat(BoundedYaml.of(deep + "- [\n [\n *a\n ]\n ]\n"))
                .hasValueSatisfying(excess -> {
                    assertThat(excess.line()).isEqualTo(4);
                    assertThat(excess.problem()).contains("more than 50 deep");
                });
    }

    /// A list around all, 999 times a list of 999, and the text and its aliases.
    @Test
    void aMillionKeysAndValuesPassHoweverTheyAreWrittenAndOneMoreDoesNot() {
        var thousand = "- &a [" + "x,".repeat(998) + "x]\n";
        var most = thousand + "- *a\n".repeat(998) + "- &y text\n" + "- *y\n".repeat(998);
        assertThat(BoundedYaml.of(most)).isEmpty();
        for (var more : new String[] {"- *y\n", "- z\n", "- []\n"}) {
            assertThat(BoundedYaml.of(most + more))
                    .hasValueSatisfying(excess -> {
                        assertThat(excess.line()).isEqualTo(1999);
                        assertThat(excess.problem())
                                .contains("aliases stand for more than 1,000,000 keys and values");
                    });
        }
    }

    @Test
    void anAliasWithinWhatItNamesIsRefused() {
        assertThat(BoundedYaml.of("a: &x\n  - *x\n"))
                .hasValueSatisfying(excess -> {
                    assertThat(excess.line()).isEqualTo(2);
                    assertThat(excess.problem()).contains("*x stands within what it names");
                });
    }

    @Test
    void aFileOfThreeMebibytesIsReadAndALargerOneIsNot() throws IOException {
        var file = Files.write(folder.resolve("a.yaml"), new byte[3 << 20]);
        assertThatCode(() -> BoundedYaml.requireSize(file, "sartor.yaml"))
                .doesNotThrowAnyException();
        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
        assertThatThrownBy(() -> BoundedYaml.requireSize(file, "sartor.yaml"))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(
                        "sartor.yaml must have at most 3,145,728 bytes, has 3,145,729");
    }
}
