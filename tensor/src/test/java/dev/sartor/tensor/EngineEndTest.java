package dev.sartor.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EngineEndTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir Path folder;

    /// libtorch's own memory is cleared up at the end of the process: what still computed then would crash it.
    @RepeatedTest(3)
    @DisabledOnOs(OS.WINDOWS)
    void aProcessThatIsEndedInTheMidstOfAProductDoesNotCrash() throws Exception {
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
            assertThat(lines.readLine()).isEqualTo("computing");
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
            assertThat(folder).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }

    /// Multiplies for ever.
    static final class Endless {
        private Endless() {}

        public static void main(String[] args) {
            Engine.run(Endless::compute);
            System.out.println("computing");
            while (true) {
                Engine.run(Endless::compute);
            }
        }

        private static void compute() {
            try (var _ = TensorScope.open()) {
                var x = Tensors.random(1, DType.F32, 300, 300);
                for (int i = 0; i < 20; i++) {
                    x.matmul(x).softmax(1).sum();
                }
            }
        }
    }
}
