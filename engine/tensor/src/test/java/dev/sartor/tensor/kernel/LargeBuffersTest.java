package dev.sartor.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Asked of the operating system itself, where it is Linux.
class LargeBuffersTest {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final long BYTES = 9 << 20;

    /// `hg` stands for memory that may be in large pages (proc_pid_smaps(5)).
    @Test
    void aLargeBufferMayStandInLargePages() {
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var buffer = LargeBuffers.zeros(DType.I8, BYTES);
                if (Files.exists(MAPPINGS)) {
                    assertThat(flags(buffer.address() + BYTES / 2)).contains(" hg");
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4096, BYTES})
    void buffersOfAnySizeAreZeros(long bytes) {
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var memory = LargeBuffers.zeros(DType.I8, bytes).memory();
                assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(new byte[(int) bytes]);
            }
        });
    }

    /// The flags of the mapping that holds an address.
    private static String flags(long address) {
        try {
            var holds = false;
            for (var line : Files.readAllLines(MAPPINGS)) {
                if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                    int dash = line.indexOf('-');
                    long from = Long.parseUnsignedLong(line, 0, dash, 16);
                    long to = Long.parseUnsignedLong(line, dash + 1, line.indexOf(' '), 16);
                    holds = from <= address && address < to;
                } else if (holds && line.startsWith("VmFlags:")) {
                    return line;
                }
            }
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
