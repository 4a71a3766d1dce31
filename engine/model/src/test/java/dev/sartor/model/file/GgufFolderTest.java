package dev.sartor.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufFolderTest {
    @TempDir Path folder;

    @Test
    void theOnlyFileIsTheModelWhateverLiesBesideIt() throws IOException {
        write("README.md");
        assertThat(Networks.gguf(folder)).isEmpty();
        write("tiny.Q4_1.gguf");
        assertThat(Networks.gguf(folder)).hasValue(folder.resolve("tiny.Q4_1.gguf"));
    }

    @Test
    void ofSeveralFilesNoneIsChosenAndAllAreNamed() throws IOException {
        write("tiny.Q8_0.gguf");
        write("tiny.Q4_1.gguf");
        assertThatThrownBy(() -> Networks.gguf(folder))
                .isInstanceOf(SartorException.class)
                .hasMessage(
                        folder
                                + " must hold one GGUF file, and holds several: tiny.Q4_1.gguf,"
                                + " tiny.Q8_0.gguf: name one of them, as "
                                + folder.resolve("tiny.Q4_1.gguf"));
        assertThat(Networks.gguf(folder.resolve("tiny.Q8_0.gguf")))
                .hasValue(folder.resolve("tiny.Q8_0.gguf"));
    }

    @Test
    void thePiecesOfOneModelAreToBeJoined() throws IOException {
        write("large-00001-of-00002.gguf");
        write("large-00002-of-00002.gguf");
        assertThatThrownBy(() -> Networks.gguf(folder))
                .hasMessageContaining("llama-gguf-split --merge");
    }

    private void write(String name) throws IOException {
        Files.writeString(folder.resolve(name), "GGUF");
    }
}
