package dev.sartor.tensor.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructionSetTest {
    @TempDir Path folder;

    private Path processors(String text) throws IOException {
        return Files.writeString(folder.resolve("cpuinfo"), text);
    }

    @Test
    void withoutAvx2ItIsSaidInOneLine() throws IOException {
        var file = processors("processor\t: 0\nflags\t\t: fpu sse4_2 avx avx2x\n");
        assertThatThrownBy(() -> InstructionSet.refuseWithoutAvx2(file))
                .isInstanceOfSatisfying(
                        SartorException.class, e -> assertThat(e.kind().exitCode()).isEqualTo(3))
                .hasMessageStartingWith("Sartor needs a processor with AVX2")
                .hasMessageNotContaining("\n");
    }

    @Test
    void withAvx2OrWhereNothingIsSaidItGoesOn() throws IOException {
        var able = processors("flags\t\t: fpu avx avx2 bmi1\n");
        assertThatCode(() -> InstructionSet.refuseWithoutAvx2(able)).doesNotThrowAnyException();
        var silent = processors("Features : neon\n");
        assertThatCode(() -> InstructionSet.refuseWithoutAvx2(silent)).doesNotThrowAnyException();
        assertThatCode(() -> InstructionSet.refuseWithoutAvx2(folder.resolve("none")))
                .doesNotThrowAnyException();
    }
}
