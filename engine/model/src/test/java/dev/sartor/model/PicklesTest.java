package dev.sartor.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.weights.Pickles;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PicklesTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"pytorch_model.bin", "model.pt", "model.pth", "last.CKPT"})
    void aFolderOfPicklesIsRefusedWithTheCommandThatConvertsThem(String name) throws IOException {
        Files.writeString(folder.resolve(name), "cos\nsystem\n(S'touch /tmp/never'\ntR.");
        assertThatThrownBy(() -> Safetensors.open(folder, WeightAccess.COPIED))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("must hold model.safetensors, and holds " + name)
                .hasMessageContaining("runs code when it is read")
                .hasMessageContaining("glob.glob('" + folder.resolve(name) + "')")
                .hasMessageContaining("'" + folder.resolve("model.safetensors") + "'");
    }

    @Test
    void severalAreConvertedTogether() throws IOException {
        Files.createFile(folder.resolve("pytorch_model-00001-of-00002.bin"));
        Files.createFile(folder.resolve("pytorch_model-00002-of-00002.bin"));
        assertThatThrownBy(() -> Pickles.refuse(folder, "model.safetensors"))
                .hasMessageContaining("glob.glob('" + folder.resolve("*.bin") + "')");
    }

    @Test
    void besideSafetensorsTheyAreLeftAlone() throws IOException {
        Files.createFile(folder.resolve("training_args.bin"));
        assertThatCode(() -> Pickles.refuse(folder, "model.safetensors"))
                .doesNotThrowAnyException();
        Files.createFile(folder.resolve("pytorch_model.bin"));
        Files.write(folder.resolve("model.safetensors"), SmallFiles.safetensors());
        assertThatCode(() -> Safetensors.open(folder, WeightAccess.COPIED).close())
                .doesNotThrowAnyException();
    }
}
