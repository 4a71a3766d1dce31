package dev.sartor.tune.rank;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tune.Reference;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.safetensors.Safetensors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Ranks are processes: each has one engine. A training by one rank is this process's.
class RanksTest {
    private static final String TOKEN = "a token of these tests";
    private static final double CLOSE = 1e-5;

    @TempDir Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void twoRanksLearnWhatOneDoes() throws Exception {
        var alone = run(plan("one", 1));
        assertThat(alone.path("losses").size()).isEqualTo(104);
        var divided = plan("two", 2);
        assertSame(run(divided), alone);
        assertClose(divided, plan("one", 1));
    }

    @Test
    void threeRanksOfAWholeNetworkWhoseOptimiserHasEightBitsLearnTheSame() throws Exception {
        var alone = plan("one", 1).whole().withEpochs(3).withLearningRate(1e-4);
        var divided = plan("three", 3).whole().withEpochs(3).withLearningRate(1e-4);
        assertSame(run(divided), run(alone));
        // A sum that differs in its last bit may round to the next of 256 codes; 24 steps move a
        // value by up to 2.4e-3.
        assertThat(apart(divided, alone)).isLessThan(1e-4);
    }

    @Test
    void aTrainingGoesOnWithAnotherNumberOfRanks() throws Exception {
        var whole = plan("whole", 1).withEpochs(4);
        run(whole);
        for (var stop : new int[][] {{2, 10}, {1, 17}}) {
            var stopped = run(plan("parts", stop[0]).withEpochs(4).stoppingAt(stop[1]));
            assertThat(stopped.path("kind").asString()).isEqualTo("STOPPED");
            assertThat(stopped.path("error").asString())
                    .contains("after step " + stop[1] + " of 32");
        }
        var last = plan("parts", 2).withEpochs(4);
        assertThat(run(last).path("losses").size()).isEqualTo(32);
        assertClose(last, whole);
    }

    @Test
    void aRankWithOtherSettingsMayNotJoin() throws Exception {
        var plan = plan("other", 2);
        var other = start(plan.as(1).withLearningRate(2e-3));
        var leader = answer(start(plan)).path("error").asString();
        assertThat(leader)
                .contains("rank 1 has another training")
                .contains("tune.learning_rate is 0.002, rank 0's is 0.001");
        assertThat(answer(other).path("error").asString()).isEqualTo(leader);
    }

    @Test
    void nobodyJoinsWithoutTheToken() throws Exception {
        var plan = plan("stranger", 2).waiting(6);
        var leader = start(plan);
        var stranger = start(plan.as(1).withToken("another token than theirs").waiting(3));
        try (var noise = connected(plan.port())) {
            noise.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".repeat(100).getBytes(UTF_8));
            assertThat(answer(stranger).path("error").asString())
                    .contains("rank 1 found no rank 0")
                    .contains("SARTOR_RANK_TOKEN");
            assertThat(answer(leader).path("error").asString())
                    .contains("rank 1 did not join")
                    .contains("within 6 s")
                    .doesNotContain(TOKEN);
        }
    }

    @Test
    void aRankThatIsKilledStopsTheOthersWithinSeconds() throws Exception {
        var plan = plan("killed", 2).withEpochs(100_000);
        var leader = start(plan);
        var other = start(plan.as(1));
        var checkpoints = folder.resolve("killed/checkpoints").toFile();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (checkpoints.list() == null && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        other.destroyForcibly();
        long killed = System.nanoTime();
        var answer = answer(leader);
        assertThat(System.nanoTime() - killed).isLessThan(TimeUnit.SECONDS.toNanos(10));
        assertThat(answer.path("kind").asString()).isEqualTo("MISSING");
        assertThat(answer.path("error").asString())
                .contains("rank 1 ended")
                .contains("last checkpoint");
    }

    private void assertSame(JsonNode found, JsonNode expected) {
        assertThat(found.path("error").asString("")).isEmpty();
        assertThat(found.path("losses").size()).isEqualTo(expected.path("losses").size());
        for (int i = 0; i < found.path("losses").size(); i++) {
            assertThat(found.path("losses").path(i).asDouble())
                    .as("loss of step " + (i + 1))
                    .isCloseTo(expected.path("losses").path(i).asDouble(), within(CLOSE));
        }
    }

    private static void assertClose(RankedTraining.Plan found, RankedTraining.Plan expected) {
        assertThat(apart(found, expected)).isLessThan(CLOSE);
    }

    private static double apart(RankedTraining.Plan one, RankedTraining.Plan other) {
        return apart(RankedTraining.result(one), RankedTraining.result(other));
    }

    /// The largest difference of any two values.
    private static double apart(Path one, Path other) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open();
                    var first = Safetensors.open(one, WeightAccess.COPIED);
                    var second = Safetensors.open(other, WeightAccess.COPIED)) {
                assertThat(first.names()).isEqualTo(second.names()).isNotEmpty();
                double most = 0;
                for (var name : first.names()) {
                    var left = values(first, name);
                    var right = values(second, name);
                    for (int i = 0; i < left.length; i++) {
                        most = Math.max(most, Math.abs(left[i] - right[i]));
                    }
                }
                return most;
            }
        });
    }

    private static float[] values(Safetensors file, String name) {
        var entry = file.tensor(name);
        long count = entry.shape().stream().reduce(1L, (a, b) -> a * b);
        return Tensors.copyOf(entry.bytes(), DType.F32, count).toFloats();
    }

    // ---- Processes
    // -------------------------------------------------------------------------------------------------

    private RankedTraining.Plan plan(String name, int ranks) throws IOException {
        return new RankedTraining.Plan(
                Reference.model("llama").toString(),
                folder.resolve(name).toString(),
                0,
                ranks,
                freePort(),
                TOKEN,
                13,
                1e-3,
                false,
                false,
                0,
                60);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Socket connected(int port) throws Exception {
        for (int i = 0; i < 400; i++) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new AssertionError("rank 0 never listened");
    }

    /// All ranks; what rank 0 says.
    private JsonNode run(RankedTraining.Plan plan) throws Exception {
        if (plan.ranks() == 1) {
            return Json.mapper().valueToTree(RankedTraining.answer(plan));
        }
        var leader = start(plan);
        var others = new ArrayList<Process>();
        for (int rank = 1; rank < plan.ranks(); rank++) {
            others.add(start(plan.as(rank)));
        }
        var said = answer(leader);
        for (var other : others) {
            assertThat(answer(other).path("error").asString("")).isEmpty();
        }
        return said;
    }

    private Process start(RankedTraining.Plan plan) throws IOException {
        var builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--add-modules=jdk.incubator.vector",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-Dorg.bytedeco.javacpp.maxBytes=0",
                        "-Dorg.bytedeco.javacpp.nopointergc=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RankedTraining.class.getName(),
                        Json.line(plan));
        builder.environment().put("OMP_NUM_THREADS", "1");
        var process =
                builder.redirectError(folder.resolve("errors-" + plan.rank()).toFile()).start();
        started.add(process);
        return process;
    }

    private JsonNode answer(Process process) throws Exception {
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        var json =
                said.lines()
                        .filter(line -> line.startsWith("{"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("nothing but: " + said));
        return Json.mapper().readTree(json);
    }
}
