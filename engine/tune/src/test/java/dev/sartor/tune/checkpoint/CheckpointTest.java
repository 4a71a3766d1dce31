package dev.sartor.tune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("checkpoint.safetensors");
        inScope(() ->
                Checkpoint.write(
                        file,
                        Map.of(
                                "mean", Tensors.of(new float[] {1, -2, 3}, 3),
                                "square", Tensors.of(new float[] {4}, 1)),
                        "{\"step\": 7}"));
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        inScope(() -> {
            var mean = Tensors.of(new float[3], 3);
            var square = Tensors.of(new float[1], 1);
            try (var stored = Checkpoint.open(file)) {
                assertThat(stored.state()).isEqualTo("{\"step\": 7}");
                stored.fill(Map.of("mean", mean, "square", square));
            } catch (DamagedCheckpoint e) {
                throw new AssertionError(e);
            }
            assertThat(mean.toFloats()).containsExactly(1, -2, 3);
            assertThat(square.toFloats()).containsExactly(4);
        });
        assertThat(Checkpoint.state(file)).contains("{\"step\": 7}");
    }

    @Test
    void everySingleFlippedBitIsSeen() throws IOException {
        var bytes = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            isDamaged(bytes, "bit " + bit);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void everyCutIsSeen() throws IOException {
        var bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            isDamaged(Arrays.copyOf(bytes, length), length + " bytes");
        }
    }

    @Test
    void aFileThatIsGoneIsSaidToBe() {
        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("gone.safetensors")))
                .isInstanceOf(DamagedCheckpoint.class)
                .hasMessageContaining("gone.safetensors is damaged (it is gone)");
    }

    private void isDamaged(byte[] bytes, String how) throws IOException {
        Files.write(file, bytes);
        assertThatThrownBy(() -> Checkpoint.open(file).close())
                .as(how)
                .isInstanceOf(DamagedCheckpoint.class)
                .hasMessageStartingWith(file + " is damaged (");
    }

    private static void inScope(Runnable work) {
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                work.run();
            }
        });
    }
}
