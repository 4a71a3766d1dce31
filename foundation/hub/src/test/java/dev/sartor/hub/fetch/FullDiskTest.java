package dev.sartor.hub.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.sartor.core.SartorException;
import dev.sartor.hub.Content;
import dev.sartor.hub.FakeHub;
import dev.sartor.hub.Hub;
import dev.sartor.hub.Licences;
import dev.sartor.hub.Recorded;
import dev.sartor.hub.ScriptedServer;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Catalogue;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Quick;
import dev.sartor.hub.environment.Use;
import dev.sartor.hub.source.Outside;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    private static final byte[] WEIGHTS = Content.of(3 << 20);

    @TempDir Path folder;
    private final Recorded progress = new Recorded();

    private static FakeHub hub() {
        return new FakeHub().with("model.safetensors", WEIGHTS);
    }

    /// A disk of so many MiB.
    private static FileSystem disk(int mebibytes) {
        return Jimfs.newFileSystem(
                Configuration.unix().toBuilder()
                        .setBlockSize(4096)
                        .setMaxSize((long) mebibytes << 20)
                        .setMaxCacheSize(0)
                        .build());
    }

    private static Hub on(Path cache, ScriptedServer server, Disk disk) {
        var caches = Caches.at(cache);
        return new Hub(
                Catalogue.builtIn(),
                caches,
                Licences.of(caches, Gate.closed()),
                Use.PERSONAL,
                new Outside(Quick.NOWHERE, Quick.settings(server.uri("")), disk));
    }

    @Test
    void whatWouldNotFitIsRefusedBeforeTheFirstByteWithNeededAndFreeMebibytes() throws Exception {
        try (var server = ScriptedServer.answering(hub());
                var small = disk(2)) {
            var hub = on(small.getPath("/cache"), server, Disk.real());
            assertThatThrownBy(() -> hub.pull("acme/tiny", progress))
                    .isInstanceOfSatisfying(
                            SartorException.class,
                            e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.MISSING))
                    .hasMessageContaining("acme/tiny needs 19 MiB in /cache/models")
                    .hasMessageMatching("(?s).* [12] MiB are free there.*")
                    .hasMessageContaining("SARTOR_CACHE");
            assertThat(server.requests()).noneMatch(r -> r.path().contains("/resolve/"));
        }
    }

    @Test
    void aDiskThatFillsUpMeanwhileKeepsWhatWasFetched() throws Exception {
        try (var server = ScriptedServer.answering(hub());
                var small = disk(2)) {
            var hub = on(small.getPath("/cache"), server, f -> Long.MAX_VALUE);
            assertThatThrownBy(() -> hub.pull("acme/tiny", progress))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("cannot write /cache/models/models--acme--tiny/blobs/")
                    .hasMessageContaining("out of disk space")
                    .hasMessageContaining("What was fetched so far is kept");
            var part =
                    small.getPath("/cache/models/models--acme--tiny/blobs")
                            .resolve(Content.sha256(WEIGHTS) + ".part");
            assertThat(Files.size(part)).isGreaterThan(1 << 20);
            assertThat(server.requests()).as("a full disk is no reason to ask again").hasSize(2);
        }
    }

    @Test
    void whatIsThereAlreadyNeedsNoRoom() throws Exception {
        var part = new long[1];
        try (var server =
                ScriptedServer.answering(r ->
                        r.path().contains("/resolve/")
                                ? ScriptedServer.Reply.of(403)
                                : hub().answer(r))) {
            Disk enough = f -> (3 << 20) + Disk.RESERVE;
            assertThatThrownBy(() -> on(folder, server, enough).pull("acme/tiny", progress))
                    .hasMessageContaining("answered 403");
        }
        var path =
                folder.resolve("models/models--acme--tiny/blobs")
                        .resolve(Content.sha256(WEIGHTS) + ".part");
        try (var begun = PartFile.open(path, WEIGHTS.length, 1)) {
            begun.write(0, java.nio.ByteBuffer.wrap(WEIGHTS, 0, 2 << 20));
            part[0] = begun.done();
        }
        assertThat(part[0]).isEqualTo(2 << 20);
        try (var server = ScriptedServer.answering(hub())) {
            Disk littleLeft = f -> (1 << 20) + Disk.RESERVE;
            var model = on(folder, server, littleLeft).pull("acme/tiny", progress);
            assertThat(model.folder().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
        }
    }
}
