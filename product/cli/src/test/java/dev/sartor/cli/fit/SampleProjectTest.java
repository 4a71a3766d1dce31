package dev.sartor.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.cli.Checkout;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleProjectTest {
    @TempDir Path folder;

    @Test
    void theListOfFilesIsWhatStandsInTheSources() throws IOException {
        assertThat(SampleProject.files()).isEqualTo(below(Checkout.file("samples/helpdesk")));
    }

    @Test
    void itIsLaidOutByteForByte() throws IOException {
        var done = SampleProject.layOut(folder.resolve("new"));
        assertThat(done.written()).isEqualTo(SampleProject.files());
        assertThat(done.changed()).isEmpty();
        assertThat(below(folder.resolve("new"))).isEqualTo(SampleProject.files());
        for (var name : SampleProject.files()) {
            assertThat(folder.resolve("new").resolve(name))
                    .hasSameBinaryContentAs(Checkout.file("samples/helpdesk").resolve(name));
        }
    }

    @Test
    void aSecondTimeNothingIsWritten() {
        var _ = SampleProject.layOut(folder);
        assertThat(SampleProject.layOut(folder).written()).isEmpty();
    }

    @Test
    void aChangedFileIsNamedAndStaysAndAMissingOneComesBack() throws IOException {
        var _ = SampleProject.layOut(folder);
        Files.writeString(folder.resolve("sartor.yaml"), "name: mine\n");
        Files.delete(folder.resolve("route/test.jsonl"));
        var again = SampleProject.layOut(folder);
        assertThat(again.changed()).containsExactly("sartor.yaml");
        assertThat(again.written()).containsExactly("route/test.jsonl");
        assertThat(folder.resolve("sartor.yaml")).hasContent("name: mine\n");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        var file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> SampleProject.layOut(file.resolve("project")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(file.toString());
    }

    private static List<String> below(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }
}
