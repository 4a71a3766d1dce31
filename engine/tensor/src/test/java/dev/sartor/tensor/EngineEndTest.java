package dev.sartor.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EngineEndTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir Path folder;

    /// libtorch clears up its memory at the end of the process: what still computed then could crash it.
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aProcessThatIsEndedFinishesWhatItComputes() throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Endless.class.getName())
                        .directory(folder.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("begun");
            process.toHandle().destroy(); // leaves its output open
            assertThat(lines.readAllLines().getLast()).isEqualTo("done");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
            assertThat(folder).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }

    /// Computes for ever, a third of a second at a time.
    static final class Endless {
        private Endless() {}

        public static void main(String[] args) {
            while (true) {
                Engine.run(Endless::compute);
            }
        }

        private static void compute() {
            System.out.println("begun");
            long start = System.nanoTime();
            while (System.nanoTime() - start < 333_000_000) {
                try (var _ = TensorScope.open()) {
                    var x = Tensors.random(1, DType.F32, 300, 300);
                    x.matmul(x).softmax(1).sum();
                }
            }
            System.out.println("done");
        }
    }
}
