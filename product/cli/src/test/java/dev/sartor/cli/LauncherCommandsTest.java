package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.cli.console.Surroundings;
import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Commands as a user types them: started by the script `sartor`.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "sartor.cmd is said to be untested")
class LauncherCommandsTest {
    /// Commands that compute nothing with vectors and end within a second.
    private static final Set<String> LIGHT =
            Set.of(
                    "",
                    "completion",
                    "init",
                    "man",
                    "runs",
                    "runs compare",
                    "runs list",
                    "runs remove",
                    "runs show",
                    "template",
                    "template render",
                    "version");

    @TempDir Path machine;

    private FreshClone built() throws IOException {
        return FreshClone.at(machine)
                .built()
                .withThisJdk()
                .with("HOME", machine.toString())
                .with("SARTOR_CACHE", Path.of("target", "launcher").toAbsolutePath().toString());
    }

    @Test
    void everyCommandThatIsNotNamedLightGetsTheVectorApiAndTheOptimisingCompiler()
            throws Exception {
        var record = machine.resolve("started");
        var clone = FreshClone.at(machine).built();
        clone.with("SARTOR_JAVA_HOME", clone.recordingJdk(record).toString());
        clone.start("version"); // builds
        var light = new TreeSet<String>();
        var paths = new ArrayList<>(List.of(""));
        addPaths(
                "",
                new Main(Screen.file().console(), Surroundings.ofThisProcess()).commandLine(),
                paths);
        assertThat(paths).contains("runs repeat", "evaluate retrieval", "bench");
        for (var path : paths) {
            var end = clone.start(path.isEmpty() ? new String[0] : path.split(" "));
            assertThat(end.lines()).as(path).isEmpty();
            var flags = Files.readAllLines(record);
            assertThat(flags.getFirst())
                    .as(path)
                    .endsWith(path.equals("bench") ? "/sartor-bench.args" : "/sartor.args");
            if (flags.contains("-Dsartor.light=true")) {
                light.add(path);
            } else {
                assertThat(flags).as(path).doesNotContain("-XX:TieredStopAtLevel=1");
            }
        }
        assertThat(light).isEqualTo(new TreeSet<>(LIGHT));
        assertThat(Checkout.file("sartor.cmd"))
                .content()
                .contains(
                        "for %%c in (version completion man init template) do",
                        "for %%c in (list show compare remove) do if \"%~1/%~2\"==\"runs/%%c\"");
    }

    private static void addPaths(String above, CommandLine line, List<String> paths) {
        line.getSubcommands()
                .forEach((name, each) -> {
                    var path = (above + " " + name).strip();
                    paths.add(path);
                    addPaths(path, each, paths);
                });
    }

    @Test
    void runsAreRepeatedAndRebasedAndNothingIsSaidBesides() throws Exception {
        var folder = machine.resolve("desk");
        var project =
                TinyTask.project(
                        Files.createDirectories(folder),
                        TinyTask.decoder(folder, "llama"),
                        "epochs: 1, learning_rate: 2e-2, method: lora, max_forgetting: 1");
        assertThat(project.sartor("compare")).as(project.screen.remarks()).isLessThan(2);
        var larger = TinyTask.decoder(folder, "mistral").toString();

        var clone = built();
        var at = List.of("--project", folder.toString(), "--anyway", "--json");
        var repeated = started(clone, List.of("runs", "repeat", "route/tuned"), at);
        assertThat(repeated.code()).as(repeated.lines().toString()).isLessThan(2);
        assertThat(Json.mapper().readTree(repeated.out())).hasSize(1);

        var rebased =
                started(clone, List.of("runs", "rebase", "route/tuned", "--model", larger), at);
        assertThat(rebased.code()).as(rebased.lines().toString()).isZero();
        assertThat(Json.mapper().readTree(rebased.out())).hasSize(1);
        assertThat(rebased.lines()).noneMatch(line -> line.contains("WARNING"));
    }

    @Test
    void aSearchSaysNothingOnTheErrorOutputAndPrintsJsonAlone() throws Exception {
        var documents = Files.createDirectories(machine.resolve("documents"));
        Files.writeString(documents.resolve("cat.md"), "# Cat\n\nthe cat sat on the mat\n");
        var shelf = machine.resolve("shelf").toString();
        var clone = built();
        var indexed =
                started(
                        clone,
                        List.of("index", documents.toString(), "--out", shelf, "--public"),
                        List.of(
                                "--embedder",
                                TinyTask.BERT.toString(),
                                "--chunk-tokens",
                                "16",
                                "--overlap-tokens",
                                "4"));
        assertThat(indexed.code()).as(indexed.lines().toString()).isZero();

        var end = clone.start("search", shelf, "cat", "--json");
        assertThat(end.lines()).isEmpty();
        assertThat(end.code()).isZero();
        assertThat(Json.mapper().readTree(end.out()).toString()).contains("the cat sat on");
    }

    private static FreshClone.End started(
            FreshClone clone, List<String> command, List<String> options) throws Exception {
        var all = new ArrayList<>(command);
        all.addAll(options);
        return clone.start(all.toArray(String[]::new));
    }
}
