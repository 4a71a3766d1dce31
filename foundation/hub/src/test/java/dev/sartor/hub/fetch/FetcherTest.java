package dev.sartor.hub.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.hub.Content;
import dev.sartor.hub.Recorded;
import dev.sartor.hub.ScriptedServer;
import dev.sartor.hub.ScriptedServer.Reply;
import dev.sartor.hub.ScriptedServer.Request;
import dev.sartor.hub.environment.Quick;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetcherTest {
    private static final byte[] CONTENT = Content.of(300_000);

    @TempDir Path folder;
    private final Recorded progress = new Recorded();

    private Path part() {
        return folder.resolve("file.part");
    }

    private void fetch(ScriptedServer server) throws FetchFailure {
        fetch(server.uri("/file"), CONTENT.length);
    }

    private void fetch(URI address, long size) throws FetchFailure {
        try (var web = new Web(Quick.settings(address.resolve("/")));
                var step = progress.begin("test", size, "bytes")) {
            new Fetcher(web, Quick.PATIENCE).fetch(address, part(), size, new Meter(step));
        }
    }

    @Test
    void fetchesAFileWithOneRequest() throws Exception {
        try (var server = ScriptedServer.answering(r -> Reply.of(r, CONTENT))) {
            fetch(server);
            assertThat(part()).hasBinaryContent(CONTENT);
            assertThat(server.requests()).singleElement().matches(r -> !r.hasRange());
            assertThat(progress.advanced()).isEqualTo(CONTENT.length);
        }
    }

    @Test
    void aDownloadThatStopsHalfWayIsResumedByRangeAndNotRepeated() throws Exception {
        try (var server =
                ScriptedServer.answering(r ->
                        r.hasRange()
                                ? Reply.of(r, CONTENT)
                                : Reply.whole(CONTENT).cutAfter(150_000))) {
            fetch(server);
            assertThat(part()).hasBinaryContent(CONTENT);
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().getLast().resumes(0, 150_000, 299_999)).isTrue();
            assertThat(progress.advanced()).isEqualTo(CONTENT.length);
        }
    }

    @Test
    void aFetchInALaterProcessGoesOnWhereTheFirstWasKilled() throws Exception {
        try (var server =
                ScriptedServer.answering(r ->
                        r.hasRange() ? Reply.of(403) : Reply.whole(CONTENT).cutAfter(100_000))) {
            assertThatThrownBy(() -> fetch(server)).isInstanceOf(FetchFailure.Absent.class);
        }
        try (var server = ScriptedServer.answering(r -> Reply.of(r, CONTENT))) {
            fetch(server);
            assertThat(part()).hasBinaryContent(CONTENT);
            assertThat(server.requests())
                    .singleElement()
                    .matches(r -> r.resumes(0, 100_000, 299_999));
        }
    }

    @Test
    void aCompletePartIsNotAskedForAgain() throws Exception {
        try (var server = ScriptedServer.answering(r -> Reply.of(r, CONTENT))) {
            fetch(server);
            fetch(server);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aSilentConnectionIsGivenUpAndTheRangeAskedForAgain() throws Exception {
        try (var server =
                ScriptedServer.answering(r ->
                        r.hasRange()
                                ? Reply.of(r, CONTENT)
                                : Reply.whole(CONTENT).silentAfter(200_000))) {
            fetch(server);
            assertThat(part()).hasBinaryContent(CONTENT);
            assertThat(server.requests().getLast().resumes(0, 200_000, 299_999)).isTrue();
        }
    }

    @Test
    void aServerThatIsAlwaysSilentIsGivenUp() throws Exception {
        try (var server = ScriptedServer.answering(r -> Reply.whole(CONTENT).silentAfter(0))) {
            assertThatThrownBy(() -> fetch(server))
                    .isInstanceOf(FetchFailure.Hiccup.class)
                    .hasMessageContaining("no byte came for 0.3 s");
            assertThat(server.requests()).hasSize(Quick.PATIENCE.attempts());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void anOverloadedServerIsAskedAgain(int status) throws Exception {
        var asked = new AtomicInteger();
        try (var server =
                ScriptedServer.answering(r ->
                        asked.incrementAndGet() < 3 ? Reply.of(status) : Reply.of(r, CONTENT))) {
            fetch(server);
            assertThat(part()).hasBinaryContent(CONTENT);
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void theServersWishToBeLeftAloneIsHeeded() throws Exception {
        var asked = new AtomicInteger();
        try (var server =
                ScriptedServer.answering(r ->
                        asked.incrementAndGet() == 1
                                ? Reply.of(429).with("Retry-After", "1")
                                : Reply.of(r, CONTENT))) {
            long before = System.nanoTime();
            fetch(server);
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isGreaterThan(Duration.ofMillis(990));
        }
    }

    @Test
    void aServerThatWantsToBeLeftAloneForLongIsGivenUpAtOnce() throws Exception {
        try (var server =
                ScriptedServer.answering(r -> Reply.of(503).with("Retry-After", "3600"))) {
            assertThatThrownBy(() -> fetch(server)).hasMessageContaining("answered 503");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anOverloadedServerIsGivenUpAfterSomeAttempts() throws Exception {
        try (var server = ScriptedServer.answering(r -> Reply.of(503))) {
            assertThatThrownBy(() -> fetch(server)).hasMessageContaining("answered 503");
            assertThat(server.requests()).hasSize(Quick.PATIENCE.attempts());
        }
    }

    @Test
    void aServerThatIgnoresRangesSendsEverythingAgainAndTheFileIsStillRight() throws Exception {
        var asked = new AtomicInteger();
        try (var server =
                ScriptedServer.answering(r ->
                        asked.incrementAndGet() == 1
                                ? Reply.whole(CONTENT).cutAfter(150_000)
                                : Reply.whole(CONTENT))) {
            fetch(server);
            assertThat(part()).hasBinaryContent(CONTENT);
            assertThat(progress.advanced()).isEqualTo(CONTENT.length);
        }
    }

    @Test
    void aLengthThatIsLongerThanTheFileIsRefused() throws Exception {
        try (var server =
                ScriptedServer.answering(
                        r -> Reply.whole(CONTENT).with("Content-Length", "300001"))) {
            assertThatThrownBy(() -> fetch(server))
                    .isInstanceOf(FetchFailure.Refused.class)
                    .hasMessageContaining("must have 300000 bytes, and has 300001");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aLengthThatIsShorterThanTheFileIsRefused() throws Exception {
        try (var server = ScriptedServer.answering(r -> Reply.whole(Content.of(1000)))) {
            assertThatThrownBy(() -> fetch(server))
                    .hasMessageContaining("must have 300000 bytes, and has 1000");
        }
    }

    @Test
    void aServerThatSendsMoreThanItSaidIsRefused() throws Exception {
        try (var server = ScriptedServer.answering(r -> Reply.withoutLength(Content.of(300_500)))) {
            assertThatThrownBy(() -> fetch(server))
                    .isInstanceOf(FetchFailure.Refused.class)
                    .hasMessageContaining("sends more than the 300000 bytes");
        }
    }

    @Test
    void aRangeOfAFileOfAnotherSizeIsRefused() throws Exception {
        try (var server =
                ScriptedServer.answering(r ->
                        r.hasRange()
                                ? Reply.of(r, Content.of(290_000))
                                : Reply.whole(CONTENT).cutAfter(1000))) {
            assertThatThrownBy(() -> fetch(server))
                    .hasMessageContaining("must have 300000 bytes, and has 290000");
        }
    }

    @Test
    void anotherRangeThanTheOneAskedForIsRefused() throws Exception {
        try (var server =
                ScriptedServer.answering(r ->
                        r.hasRange()
                                ? Reply.of(r, CONTENT).with("Content-Range", "bytes 0-9/300000")
                                : Reply.whole(CONTENT).cutAfter(1000))) {
            assertThatThrownBy(() -> fetch(server)).hasMessageContaining("another range");
        }
    }

    @Test
    void aFileOfUnknownLengthIsFetchedToItsEnd() throws Exception {
        try (var server = ScriptedServer.answering(r -> Reply.withoutLength(CONTENT))) {
            fetch(server.uri("/file"), PartFile.UNKNOWN);
            assertThat(part()).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void aLargeFileIsFetchedInSegmentsSideBySide() throws Exception {
        var large = Content.of((int) Fetcher.LARGE + 7);
        try (var server = ScriptedServer.answering(r -> Reply.of(r, large))) {
            fetch(server.uri("/file"), large.length);
            assertThat(Arrays.equals(Files.readAllBytes(part()), large)).isTrue();
            assertThat(server.requests())
                    .extracting(Request::range)
                    .containsExactlyInAnyOrder(
                            "bytes=0-0",
                            "bytes=0-8388608",
                            "bytes=8388609-16777217",
                            "bytes=16777218-25165826",
                            "bytes=25165827-33554438");
            assertThat(progress.advanced()).isEqualTo(large.length);
        }
    }

    @Test
    void eachSegmentIsResumedByItself() throws Exception {
        var large = Content.of((int) Fetcher.LARGE);
        var cut = new AtomicInteger();
        try (var server =
                ScriptedServer.answering(r -> {
                    var reply = Reply.of(r, large);
                    return r.range().startsWith("bytes=8388608-") && cut.getAndIncrement() == 0
                            ? reply.cutAfter(1_000_000)
                            : reply;
                })) {
            fetch(server.uri("/file"), large.length);
            assertThat(Arrays.equals(Files.readAllBytes(part()), large)).isTrue();
            assertThat(server.requests())
                    .filteredOn(r -> r.resumes(8_388_608, 9_388_608, 16_777_215))
                    .hasSize(1);
        }
    }

    @Test
    void aLargeFileComesInOnePieceFromAServerWithoutRanges() throws Exception {
        var large = Content.of((int) Fetcher.LARGE);
        try (var server = ScriptedServer.answering(r -> Reply.whole(large))) {
            fetch(server.uri("/file"), large.length);
            assertThat(Arrays.equals(Files.readAllBytes(part()), large)).isTrue();
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aRefusalOfOneSegmentStopsTheOthers() throws Exception {
        var large = Content.of((int) Fetcher.LARGE);
        try (var server =
                ScriptedServer.answering(r ->
                        r.range().startsWith("bytes=8388608-")
                                ? Reply.of(403)
                                : Reply.of(r, large))) {
            assertThatThrownBy(() -> fetch(server.uri("/file"), large.length))
                    .isInstanceOf(FetchFailure.Absent.class)
                    .hasMessageContaining("answered 403");
        }
    }

    @Test
    void nobodyListeningIsSaidAtOnce() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        long before = System.nanoTime();
        assertThatThrownBy(() -> fetch(URI.create("http://127.0.0.1:" + port + "/file"), 10))
                .isInstanceOf(FetchFailure.Unreachable.class)
                .hasMessageContaining("no connection to 127.0.0.1");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    }
}
