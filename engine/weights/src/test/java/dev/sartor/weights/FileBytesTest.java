package dev.sartor.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.weights.gguf.GgufFile;
import dev.sartor.weights.safetensors.Safetensors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileBytesTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void givesTheBytesOfAnyPart(WeightAccess access) throws IOException {
        var content = new byte[10_000];
        new SplittableRandom(1).nextBytes(content);
        var file = Files.write(folder.resolve("f"), content);
        try (var bytes = FileBytes.open(file, access)) {
            assertThat(bytes.size()).isEqualTo(10_000);
            var part = bytes.segment(123, 5000);
            assertThat(part.byteSize()).isEqualTo(5000);
            for (int i = 0; i < 5000; i += 7) {
                assertThat(part.get(ValueLayout.JAVA_BYTE, i)).isEqualTo(content[123 + i]);
            }
            assertThat(bytes.bytes(9_998, 2)).containsExactly(content[9_998], content[9_999]);
            assertThat(part.isReadOnly()).isTrue();
        }
    }

    @Test
    void aFileThatShrinksWhileReadIsNamed() throws IOException {
        var file = Files.write(folder.resolve("f"), new byte[1000]);
        try (var bytes = FileBytes.open(file, WeightAccess.COPIED)) {
            try (var writer = new RandomAccessFile(file.toFile(), "rw")) {
                writer.setLength(10);
            }
            assertThatThrownBy(() -> bytes.segment(0, 1000))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("became shorter")
                    .hasMessageContaining(file.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMissingFileIsMissing(WeightAccess access) {
        assertThatThrownBy(() -> FileBytes.open(folder.resolve("none.gguf"), access))
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.MISSING))
                .hasMessageContaining("none.gguf does not exist");
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyFileIsNoModel(WeightAccess access) throws IOException {
        var file = Files.write(folder.resolve("empty"), new byte[0]);
        assertThatThrownBy(() -> GgufFile.open(file, access))
                .hasMessageContaining("does not begin with GGUF");
        assertThatThrownBy(() -> Safetensors.open(file, access))
                .hasMessageContaining("fewer than the 8");
    }
}
