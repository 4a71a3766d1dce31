package dev.sartor.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.cli.SmallProject;
import dev.sartor.cli.console.Screen;
import dev.sartor.cli.console.Surroundings;
import dev.sartor.core.SartorException;
import dev.sartor.project.ProjectFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteKeysTest {
    private static final Map<String, String> VARIABLES = Map.of("BANK_TOKEN", "secret");

    @TempDir Path folder;
    private SmallProject project;

    @BeforeEach
    void aProjectThatNamesAVariableAndAnAddress() {
        project = new SmallProject(folder);
        remote("https://elsewhere.example:8443/v1");
    }

    private void remote(String url) {
        project.write(
                "sartor.yaml",
                SmallProject.FILE
                        + "remotes: [{name: large, url: '%s', model: m, api_key_env: BANK_TOKEN}]\n"
                                .formatted(url));
    }

    private RemoteKeys keys(Screen screen, Map<String, String> variables) {
        var surroundings = new Surroundings(0, false, false, folder.resolve("cache"));
        return new RemoteKeys(
                ProjectFile.read(folder),
                folder,
                new Composition(screen.console(), surroundings),
                variables);
    }

    @Test
    void withoutATerminalAVariableIsNotSentAndTheMessageSaysHowToAllowIt() {
        assertThatThrownBy(() -> keys(Screen.file(), VARIABLES).value("BANK_TOKEN"))
                .isInstanceOf(SartorException.class)
                .hasMessage(
                        "sending BANK_TOKEN to https://elsewhere.example:8443 was not allowed yet, and nobody"
                                + " can be asked here: run the command once at a terminal and answer yes, or set the"
                                + " environment variable SARTOR_ALLOWED_KEYS=BANK_TOKEN=https://elsewhere.example:8443.");
    }

    @Test
    void aComparisonAsksBeforeAnythingIsDone() {
        project.write(
                "sartor.yaml",
                SmallProject.FILE
                        + "remotes: [{name: large, url: 'https://elsewhere.example/v1', model: m, api_key_env: PATH}]\n");
        assertThat(project.sartor("compare")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("sending PATH to https://elsewhere.example was not allowed yet");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void aYesHoldsForThatVariableAndAddressAlone() {
        var screen = Screen.asking("yes\n");
        assertThat(keys(screen, VARIABLES).value("BANK_TOKEN")).contains("secret");
        assertThat(screen.remarks())
                .contains("your environment variable BANK_TOKEN to https://elsewhere.example:8443")
                .doesNotContain("secret");
        assertThat(keys(Screen.file(), VARIABLES).value("BANK_TOKEN")).contains("secret");
        remote("https://third.example/v1");
        assertThatThrownBy(() -> keys(Screen.file(), VARIABLES).value("BANK_TOKEN"))
                .hasMessageContaining("https://third.example");
    }

    @Test
    void aYesIsKeptOutsideTheProjectForItsFolderAlone() throws Exception {
        assertThat(keys(Screen.asking("yes\n"), VARIABLES).value("BANK_TOKEN")).isPresent();
        var copy = Files.createDirectories(folder.resolve("copy"));
        var surroundings = new Surroundings(0, false, false, folder.resolve("cache"));
        var other =
                new RemoteKeys(
                        ProjectFile.read(folder),
                        copy,
                        new Composition(Screen.file().console(), surroundings),
                        VARIABLES);
        assertThatThrownBy(() -> other.value("BANK_TOKEN")).hasMessageContaining("not allowed yet");
    }

    @Test
    void anythingButYesIsANo() {
        assertThatThrownBy(() -> keys(Screen.asking("y\n"), VARIABLES).value("BANK_TOKEN"))
                .hasMessageContaining("was not sent to https://elsewhere.example:8443");
    }

    @Test
    void theUsersOwnListNeedsNoQuestion() {
        var variables =
                Map.of(
                        "BANK_TOKEN",
                        "secret",
                        RemoteKeys.ALLOWED,
                        "A=https://a.example, BANK_TOKEN=https://elsewhere.example:8443");
        assertThat(keys(Screen.file(), variables).value("BANK_TOKEN")).contains("secret");
    }

    @Test
    void whoIsNamedBeforeAnAtIsNotTakenForTheHost() {
        remote("https://api.example.com@thief.example/v1");
        assertThatThrownBy(() -> keys(Screen.file(), VARIABLES).value("BANK_TOKEN"))
                .hasMessageContaining("to https://thief.example was");
    }
}
