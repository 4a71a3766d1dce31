package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.cli.console.Surroundings;
import dev.sartor.core.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MainTest {
    @Test
    void versionsJsonIsNothingButJson() {
        var screen = Screen.file();
        assertThat(screen.sartor("version", "--json")).isZero();
        var version = Json.mapper().readTree(screen.results());
        assertThat(version.get("sartor").asString()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(version.get("java").asString()).startsWith("25");
        assertThat(screen.remarks()).isEmpty();
    }

    @Test
    void helpIsAResult() {
        var screen = Screen.file();
        assertThat(screen.sartor("--help")).isZero();
        assertThat(screen.results()).contains("Usage: sartor", "version", "Exit codes:");
        assertThat(screen.results()).doesNotContain("\u001b");
    }

    /// Which sets up every command, with its options.
    @Test
    void helpListsEveryCommandAsTheWholeCommandLineDoes() {
        var screen = Screen.file();
        screen.sartor("--help");
        var file = new Surroundings(0, false, false, Surroundings.ofThisProcess().cache());
        var whole = new Main(screen.console(), file).commandLine();
        assertThat(screen.results()).isEqualTo(whole.getUsageMessage());
    }

    @Test
    void aMistypedCommandIsTheUsersMistakeAndTheNearestIsNamed() {
        var screen = Screen.file();
        assertThat(screen.sartor("versoin")).isEqualTo(2);
        assertThat(screen.remarks())
                .contains("'versoin'", "Did you mean", "version", "sartor --help");
        assertThat(screen.results()).isEmpty();
    }

    @Test
    void anUnknownOptionNamesTheCommandsHelp() {
        var screen = Screen.file();
        assertThat(screen.sartor("version", "--jsno")).isEqualTo(2);
        assertThat(screen.remarks()).contains("--jsno", "`sartor version --help`");
    }

    @Test
    void withoutACommandItSaysSo() {
        var screen = Screen.file();
        assertThat(screen.sartor()).isEqualTo(2);
        assertThat(screen.remarks()).contains("a command is missing", "sartor --help");
    }

    @Test
    void anArgumentThatBeginsWithAnAtSignIsNoFile() {
        var screen = Screen.file();
        assertThat(screen.sartor("version", "@/etc/hostname")).isEqualTo(2);
        assertThat(screen.remarks()).contains("@/etc/hostname");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandsHelpHasADescriptionAndAnExample(String command) {
        var screen = Screen.file();
        var words = new ArrayList<>(List.of(command.split(" ")));
        words.add("--help");
        assertThat(screen.sartor(words.toArray(String[]::new))).isZero();
        assertThat(screen.results()).contains("Usage: sartor " + command, "Example", "--debug");
        assertThat(screen.results().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(110));
    }

    /// A list of commands shows the first line of each description alone.
    @Test
    void inListsOfCommandsEachHasOneWholeSentenceOnOneLine() {
        var screen = Screen.file();
        var line = new Main(screen.console(), Surroundings.ofThisProcess()).commandLine();
        var cut = new ArrayList<String>();
        look(line, cut);
        assertThat(cut).isEmpty();
    }

    /// Beside the name, which has 15 columns of 110.
    private static void look(CommandLine line, List<String> cut) {
        line.getSubcommands()
                .values()
                .forEach(command -> {
                    var described = command.getCommandSpec().usageMessage().description()[0];
                    if (!described.endsWith(".") || described.length() > 95) {
                        cut.add(command.getCommandName() + ": " + described);
                    }
                    look(command, cut);
                });
    }

    static List<String> commands() {
        var screen = Screen.file();
        return leaves("", new Main(screen.console(), Surroundings.ofThisProcess()).commandLine());
    }

    private static List<String> leaves(String path, CommandLine line) {
        if (line.getSubcommands().isEmpty()) {
            return List.of(path.strip());
        }
        return line.getSubcommands().entrySet().stream()
                .flatMap(e -> leaves(path + " " + e.getKey(), e.getValue()).stream())
                .toList();
    }
}
