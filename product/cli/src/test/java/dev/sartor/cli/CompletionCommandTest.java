package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class CompletionCommandTest {
    @TempDir Path folder;

    /// What bash offers for the last word that is typed.
    private List<String> offered(String... typed) throws Exception {
        var project = new SmallProject(folder);
        assertThat(project.screen.sartor("completion")).as(project.screen.remarks()).isZero();
        var script = folder.resolve("completion.bash");
        Files.writeString(script, project.screen.results());
        var ask =
                "source \"$0\"; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMP_LINE=\"$*\"; _complete_sartor; printf '%s\\n' \"${COMPREPLY[@]}\"";
        var command = new java.util.ArrayList<>(List.of("bash", "-c", ask, script.toString()));
        command.addAll(List.of(typed));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said.lines().map(String::strip).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "sartor tu, tune",
        "sartor comp, compare",
        "sartor comp, completion",
        "sartor data cl, clean",
        "sartor tune route --ra, --ranks"
    })
    void theScriptCompletesCommandsAndOptions(String typed, String expected) throws Exception {
        assertThat(offered(typed.split(" ", -1))).contains(expected);
    }
}
