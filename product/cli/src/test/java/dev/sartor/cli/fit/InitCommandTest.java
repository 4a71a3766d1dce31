package dev.sartor.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    @TempDir Path folder;

    private final Screen screen = Screen.file();

    @Test
    void theProjectIsInOrderAndTheNextCommandsAreNamed() {
        var desk = folder.resolve("my desk");
        assertThat(screen.sartor("init", desk.toString())).isZero();
        assertThat(screen.results())
                .contains(
                        "wrote " + desk.resolve("sartor.yaml"),
                        "sartor check --project '" + desk + "'",
                        "sartor compare --project '" + desk + "'");
        assertThat(desk.resolve("sartor.yaml")).content().contains("name: 'my desk'");
        assertThat(screen.sartor("check", "--project", desk.toString())).isZero();
    }

    @Test
    void whatIsThereIsNotOverwritten() throws IOException {
        Files.writeString(folder.resolve("sartor.yaml"), "name: mine\n");
        assertThat(screen.sartor("init", folder.toString())).isEqualTo(2);
        assertThat(screen.remarks()).contains("exists already");
        assertThat(folder.resolve("sartor.yaml")).hasContent("name: mine\n");
    }

    @Test
    void theNameCanBeGiven() {
        assertThat(screen.sartor("init", folder.toString(), "--name", "help")).isZero();
        assertThat(folder.resolve("sartor.yaml")).content().contains("name: 'help'");
    }
}
