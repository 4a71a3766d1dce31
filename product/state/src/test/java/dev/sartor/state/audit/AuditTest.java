package dev.sartor.state.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Failpoints;
import dev.sartor.serve.AuditEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir private Path root;

    @AfterEach
    void noFailpoint() {
        System.clearProperty(Failpoints.PROPERTY);
    }

    private Path folder() {
        return root.resolve("audit");
    }

    private Path anchors() {
        return root.resolve("anchors.jsonl");
    }

    private AuditFolder open() {
        return AuditFolder.open(folder(), Optional.of(Anchor.at(anchors().toString())), CLOCK);
    }

    static AuditEntry entry(String request) {
        return new AuditEntry(
                Instant.parse("2027-01-01T10:00:00Z"),
                request,
                Optional.of(new Principal(Set.of("user:ann", "tenant:acme"))),
                Optional.of("key-1"),
                "POST /v1/chat/completions",
                200,
                Optional.empty(),
                Optional.of("answer"),
                Optional.empty(),
                Optional.empty(),
                List.of("b.md", "a.md", "b.md"),
                new AuditEntry.Tokens(30, 10, 5),
                0.25,
                0);
    }

    /// As earlier versions wrote it: without an adapter's digest.
    @Test
    void aLogWithoutDigestsOfAdaptersIsGoneOnWithAndIsWhole() throws IOException {
        keep(3);
        var old = lines();
        assertThat(old).noneMatch(line -> line.contains("adapter"));
        try (var audit = open()) {
            audit.keep(worn("a".repeat(64)));
        }
        assertThat(check()).isEqualTo(new AuditCheck.Report(4, 4, List.of()));
        assertThat(lines().subList(0, 3)).isEqualTo(old);
        assertThat(lines().getLast()).contains("\"adapter\":\"" + "a".repeat(64) + "\"");
    }

    private static AuditEntry worn(String digest) {
        var plain = entry("request-worn");
        return new AuditEntry(
                plain.time(),
                plain.request(),
                plain.who(),
                plain.key(),
                plain.action(),
                plain.status(),
                plain.code(),
                plain.model(),
                plain.prompt(),
                Optional.of(digest),
                plain.documents(),
                plain.tokens(),
                plain.seconds(),
                plain.unkept());
    }

    private void keep(int count) {
        try (var audit = open()) {
            for (int i = 0; i < count; i++) {
                audit.keep(entry("request-" + i));
            }
        }
    }

    private AuditCheck.Report check() {
        return AuditCheck.of(folder(), Optional.of(anchors()), Optional.empty());
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(AuditFiles.file(folder(), 1));
    }

    private void write(List<String> lines) throws IOException {
        Files.writeString(AuditFiles.file(folder(), 1), String.join("\n", lines) + "\n");
    }

    @Test
    void entriesFollowEachOtherAcrossServersLives() throws IOException {
        keep(3);
        keep(2);
        assertThat(check()).isEqualTo(new AuditCheck.Report(5, 5, List.of()));
        assertThat(lines().getFirst())
                .startsWith("{\"sequence\":1,\"previous\":\"" + "0".repeat(64) + "\",")
                .contains("\"who\":[\"tenant:acme\",\"user:ann\"],\"key\":\"key-1\"")
                .contains("\"documents\":[\"a.md\",\"b.md\"]")
                .contains("\"tokens\":{\"prompt\":30,\"cached\":10,\"completion\":5}");
        assertThat(Files.readAllLines(anchors())).hasSize(2);
    }

    @Test
    void whoeverBroughtAnEntryFindsItInTheFile() throws IOException {
        try (var audit = open()) {
            audit.keep(entry("first"));
            assertThat(lines()).singleElement().asString().contains("first");
        }
    }

    @Test
    void manyAtOnceAreAllKeptInOneChain() throws InterruptedException {
        try (var audit = open()) {
            var threads =
                    IntStream.range(0, 50)
                            .mapToObj(i ->
                                    Thread.ofVirtual()
                                            .start(() ->
                                                    IntStream.range(0, 20)
                                                            .forEach(j ->
                                                                    audit.keep(
                                                                            entry(i + "-" + j)))))
                            .toList();
            for (var thread : threads) {
                thread.join();
            }
        }
        assertThat(check()).isEqualTo(new AuditCheck.Report(1000, 1000, List.of()));
    }

    @Test
    void eachOfAThousandChangesIsFound() throws IOException {
        keep(40);
        var whole = lines();
        var random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            var changed = new ArrayList<>(whole);
            int at = random.nextInt(whole.size());
            switch (i % 5) {
                case 0 -> changed.set(at, edited(whole.get(at), random));
                case 1 -> changed.remove(at);
                case 2 -> Collections.swap(changed, at, (at + 1 + random.nextInt(39)) % 40);
                case 3 -> changed.subList(at, 40).clear();
                default -> changed.add(at, whole.get(random.nextInt(40)));
            }
            write(changed);
            assertThat(check().isWhole()).as("change " + i + " at " + at).isFalse();
        }
        write(whole);
        assertThat(check().isWhole()).isTrue();
    }

    /// One character, to another that stands there as well.
    private static String edited(String line, Random random) {
        int at = random.nextInt(line.length());
        char other = line.charAt(at) == '1' ? '2' : '1';
        return line.substring(0, at) + other + line.substring(at + 1);
    }

    @Test
    void aLogThatWasWrittenAnewDoesNotHaveTheHeadsThatWereTold() throws IOException {
        keep(5);
        try (var files = Files.newDirectoryStream(folder())) {
            for (var file : files) {
                Files.delete(file);
            }
        }
        try (var audit = AuditFolder.open(folder(), Optional.empty(), CLOCK)) {
            for (int i = 0; i < 5; i++) {
                audit.keep(entry("forged-" + i));
            }
        }
        assertThat(check().findings()).anyMatch(found -> found.contains("is not signed by"));
        assertThat(AuditCheck.of(folder(), Optional.empty(), Optional.empty()).isWhole())
                .as("the chain alone")
                .isTrue();
    }

    @Test
    void aHeadThatNobodySignedIsFound() throws IOException {
        keep(3);
        var head = Files.readString(anchors());
        Files.writeString(anchors(), head.replace("\"sequence\":3", "\"sequence\":2"));
        assertThat(check().findings()).singleElement().asString().contains("is not signed by");
    }

    /// What the system took of a batch when the process died, or the disk was full.
    @Test
    void whatWasCutShortIsTakenAwayAndTheRestIsWhole() throws IOException {
        keep(3);
        Files.writeString(
                AuditFiles.file(folder(), 1),
                Files.readString(AuditFiles.file(folder(), 1)) + "{\"sequence\":4,\"prev");
        assertThat(check().isWhole()).isFalse();
        keep(1);
        assertThat(check()).isEqualTo(new AuditCheck.Report(4, 4, List.of()));
    }

    @Test
    void aFullDiskRefusesAnEntryAndLosesNone() throws IOException {
        var kept = new ArrayList<String>();
        try (var audit = open()) {
            for (int i = 0; i < 40; i++) {
                if (i % 4 == 3) {
                    var place = i % 8 == 3 ? "audit.half" : "audit.written";
                    System.setProperty(Failpoints.PROPERTY, place + ":1:full");
                    assertThatThrownBy(() -> audit.keep(entry("lost")))
                            .isInstanceOf(SartorException.class)
                            .hasMessageContaining("No space left on device");
                } else {
                    audit.keep(entry("kept-" + i));
                    kept.add("kept-" + i);
                }
            }
        }
        assertThat(kept).hasSize(30);
        assertThat(check()).isEqualTo(new AuditCheck.Report(30, 30, List.of()));
        var text = String.join("\n", lines());
        assertThat(text).doesNotContain("\"lost\"");
        kept.forEach(each -> assertThat(text).contains("\"" + each + "\""));
    }

    @Test
    void aSecondServerIsRefused() {
        try (var audit = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("is written by another server");
            audit.keep(entry("first"));
        }
        keep(1);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void allOfItIsItsOwnersAlone() throws IOException {
        keep(1);
        try (var files = Files.newDirectoryStream(folder())) {
            for (var file : files) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void whatIsNoLogIsNotWrittenTo() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(AuditFiles.file(folder(), 1), "something else\n");
        assertThatThrownBy(this::open).hasMessageContaining("ends with what is no entry");
        assertThat(lines()).containsExactly("something else");
        assertThatThrownBy(() ->
                        AuditCheck.of(root.resolve("none"), Optional.empty(), Optional.empty()))
                .hasMessageContaining("is no folder of an audit log");
    }

    @Test
    void headsArePostedToAWebhook() throws IOException {
        var posted = new ConcurrentLinkedQueue<String>();
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    posted.add(
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
        var address = "http://127.0.0.1:" + server.getAddress().getPort() + "/heads";
        try (var audit = AuditFolder.open(folder(), Optional.of(Anchor.at(address)), CLOCK)) {
            audit.keep(entry("first"));
        } finally {
            server.stop(0);
        }
        Files.writeString(anchors(), String.join("\n", posted) + "\n");
        assertThat(check()).isEqualTo(new AuditCheck.Report(1, 1, List.of()));
    }
}
