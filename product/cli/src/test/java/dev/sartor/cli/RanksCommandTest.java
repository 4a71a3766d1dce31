package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// `sartor tune` by several processes.
@DisabledOnOs(OS.WINDOWS)
class RanksCommandTest {
    private static final String TOKEN = "0123456789abcdef";

    @TempDir Path folder;
    @TempDir Path cache;

    private SmallProject project() {
        return TinyTask.project(
                folder, TinyTask.decoder(folder, "llama"), "epochs: 4, learning_rate: 2e-2");
    }

    private ChildSartor child() {
        return new ChildSartor(cache)
                .option("--enable-native-access=ALL-UNNAMED")
                .option("--add-modules=jdk.incubator.vector")
                .option("-XX:TieredStopAtLevel=4");
    }

    private ChildSartor.End tuneByTwo(String... more) throws Exception {
        var words =
                List.of("tune", "route", "--project", folder.toString(), "--ranks", "2", "--json");
        return child().run(
                        "", Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void severalRanksOnOneMachineAreOneCommand() throws Exception {
        project();
        var end = tuneByTwo();
        assertThat(end.code()).as(end.err()).isZero();
        assertLearned(Json.mapper().readTree(end.out()));
        assertThat(end.err()).contains("waiting for ranks").doesNotContain("[Gloo]");
    }

    /// In a process of its own, as ranks change how many threads compute.
    @Test
    void aTrainingThatWouldBeDividedIsExplainedAndNotStarted() throws Exception {
        project();
        var end = tuneByTwo("--explain");
        assertThat(end.code()).as(end.err()).isZero();
        var explained = Json.mapper().readTree(end.out());
        assertThat(explained.get("ranks").intValue()).isEqualTo(2);
        assertThat(explained.get("machines").intValue()).isEqualTo(1);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    /// Four processes; bench/ranks.py starts ranks by hand as well.
    @Tag("bench")
    @Test
    void ranksThatAreStartedByHandMeetAtARendezvous() throws Exception {
        project();
        var copy = Files.createDirectory(folder.resolve("other-machine"));
        for (var file :
                new String[] {"sartor.yaml", "train.jsonl", "validation.jsonl", "test.jsonl"}) {
            Files.copy(folder.resolve(file), copy.resolve(file));
        }
        var place = "127.0.0.1:" + freePort();
        var first = start("0", place, folder);
        var second = start("1", place, copy);
        var end = ChildSartor.end(first);
        assertThat(end.code()).as(end.err()).isZero();
        assertLearned(Json.mapper().readTree(end.out()));
        var other = ChildSartor.end(second);
        assertThat(other.code()).as(other.err()).isZero();
        assertThat(other.out()).isEmpty();
        assertThat(copy.resolve("runs")).doesNotExist();
    }

    private Process start(String rank, String place, Path project) throws IOException {
        return child().with("SARTOR_RANK_TOKEN", TOKEN)
                .start(
                        "tune",
                        "route",
                        "--project",
                        project.toString(),
                        "--json",
                        "--ranks",
                        "2",
                        "--rank",
                        rank,
                        "--rendezvous",
                        place);
    }

    private static void assertLearned(JsonNode tuned) {
        var scores = tuned.get("validation").values().stream().mapToDouble(JsonNode::doubleValue);
        assertThat(scores.toArray()).hasSize(4).contains(1.0);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--ranks 0 | --ranks must be 1 to 64, got 0",
                "--ranks 2 --rank 1 | --rank and --rendezvous must be given together, got --rank alone",
                "--ranks 2 --rendezvous here:1 | must be given together, got --rendezvous alone",
                "--ranks 2 --rank 2 --rendezvous here:1 | --rank must be 0 to 1 with --ranks 2, got 2",
                "--ranks 2 --rank 0 --rendezvous here | --rendezvous must be a host and a port, got here",
                "--ranks 2 --rank 0 --rendezvous here:1 | SARTOR_RANK_TOKEN must be 16 characters or more, got 0 characters",
                "--ranks 2 --join-timeout 0 | --join-timeout must be 1 to 86400 seconds, got 0",
                "--threads 0 | --threads must be 1 to 1024, got 0"
            })
    void optionsThatDoNotFitAreRefusedWithAWayOut(String options, String said) {
        var project = project();
        var args = ("tune route " + options).split(" ", -1);
        assertThat(project.sartor(args)).isEqualTo(2);
        assertThat(project.screen.remarks()).contains(said.strip());
    }

    @Test
    void aSearchForSettingsHasOneRank() throws IOException {
        var project = project();
        var yaml = Files.readString(folder.resolve("sartor.yaml"));
        AtomicFile.write(
                folder.resolve("sartor.yaml"),
                yaml.replace(
                        "epochs: 4",
                        "search: {space: {rank: [2, 4, 8, 16]}, trials: 4}, epochs: 4"));
        assertThat(project.sartor("tune", "route", "--ranks", "2")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("--ranks must be 1 where settings are searched for");
    }
}
