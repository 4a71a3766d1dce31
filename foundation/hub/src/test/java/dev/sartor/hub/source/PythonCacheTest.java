package dev.sartor.hub.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.file.Sha256;
import dev.sartor.hub.Content;
import dev.sartor.hub.FakeHub;
import dev.sartor.hub.Hub;
import dev.sartor.hub.Licences;
import dev.sartor.hub.Recorded;
import dev.sartor.hub.ScriptedServer;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Catalogue;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Environment;
import dev.sartor.hub.environment.Quick;
import dev.sartor.hub.environment.Settings;
import dev.sartor.hub.environment.Use;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Hugging Face's own tools left in their cache serves here too.
class PythonCacheTest {
    private static final URI DEAD = URI.create("http://127.0.0.1:9");
    private static final byte[] WEIGHTS = Content.of(5000);

    @TempDir Path folder;
    private final Recorded progress = new Recorded();
    private Path theirs = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        theirs = folder.resolve("hf/hub/models--acme--tiny");
        file("model.safetensors", WEIGHTS, Content.sha256(WEIGHTS));
        file("config.json", bytes("{}"), FakeHub.gitId(bytes("{}")));
        var card = bytes("---\nlanguage: en\nlicense: \"mit\" # yes\n---\n# license: gpl\n");
        file("README.md", card, FakeHub.gitId(card));
        Files.createDirectories(theirs.resolve("refs"));
        Files.writeString(theirs.resolve("refs/main"), FakeHub.COMMIT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void file(String path, byte[] content, String digest) throws IOException {
        var blob = Files.createDirectories(theirs.resolve("blobs")).resolve(digest);
        Files.write(blob, content);
        var snapshot = Files.createDirectories(theirs.resolve("snapshots/" + FakeHub.COMMIT));
        var link = snapshot.resolve(path);
        Files.createSymbolicLink(link, snapshot.relativize(blob));
    }

    private Hub hub(Settings settings) {
        var caches = Caches.at(folder.resolve("cache"));
        var environment =
                new Environment(
                        Map.of("HF_HOME", folder.resolve("hf").toString()),
                        Map.of("user.home", "/nowhere"));
        return new Hub(
                Catalogue.builtIn(),
                caches,
                Licences.of(caches, Gate.closed()),
                Use.COMMERCIAL,
                new Outside(environment, settings, f -> Long.MAX_VALUE / 2));
    }

    @Test
    void offlineAModelIsFoundThereWithItsLicence() {
        var model = hub(Quick.offline(Quick.settings(DEAD))).pull("acme/tiny", progress);
        assertThat(model.revision()).isEqualTo(FakeHub.COMMIT);
        assertThat(model.licence().id()).isEqualTo("mit");
        assertThat(model.frozen()).isTrue();
        assertThat(model.folder()).startsWith(folder.resolve("cache"));
        assertThat(model.file("model.safetensors").orElseThrow()).hasBinaryContent(WEIGHTS);
        assertThat(progress.lines()).anyMatch(l -> l.contains("copied from " + theirs));
    }

    @Test
    void withoutANetworkTheSameHolds() {
        assertThat(hub(Quick.settings(DEAD)).pull("acme/tiny", progress).files()).hasSize(2);
    }

    @Test
    void whatLiesThereIsNotFetchedOnceMore() throws Exception {
        var fake =
                new FakeHub()
                        .with("model.safetensors", WEIGHTS)
                        .with("config.json", "{}")
                        .with("tokenizer.json", "{\"new\":1}");
        try (var server = ScriptedServer.answering(fake)) {
            var model = hub(Quick.settings(server.uri(""))).pull("acme/tiny", progress);
            assertThat(model.files()).hasSize(3);
            assertThat(server.requests())
                    .filteredOn(r -> r.path().contains("/resolve/"))
                    .singleElement()
                    .matches(r -> r.path().endsWith("tokenizer.json"));
        }
    }

    @Test
    void aDamagedFileIsLeftAloneAndFetchedAnew() throws Exception {
        var blob = theirs.resolve("blobs/" + Content.sha256(WEIGHTS));
        var damaged = WEIGHTS.clone();
        damaged[0]++;
        Files.write(blob, damaged);
        var fake = new FakeHub().with("model.safetensors", WEIGHTS);
        try (var server = ScriptedServer.answering(fake)) {
            var model = hub(Quick.settings(server.uri(""))).pull("acme/tiny", progress);
            assertThat(model.files().getFirst()).hasBinaryContent(WEIGHTS);
        }
        assertThat(blob).hasBinaryContent(damaged);
        assertThat(progress.lines()).anyMatch(l -> l.contains("left alone and fetched anew"));
    }

    @Test
    void asFilesWithoutLinksTheyServeToo() throws IOException {
        var snapshot = theirs.resolve("snapshots/" + FakeHub.COMMIT);
        for (var name : new String[] {"model.safetensors", "config.json"}) {
            var link = snapshot.resolve(name);
            var content = Files.readAllBytes(link);
            Files.delete(link.toRealPath());
            Files.delete(link);
            Files.write(link, content);
        }
        var model = hub(Quick.offline(Quick.settings(DEAD))).pull("acme/tiny", progress);
        assertThat(Sha256.of(model.file("model.safetensors").orElseThrow()))
                .isEqualTo(Content.sha256(WEIGHTS));
    }

    @Test
    void whatIsThereInPartIsNoModel() throws IOException {
        var index = bytes("{\"weight_map\":{\"a\":\"model-00001-of-00001.safetensors\"}}");
        file("model.safetensors.index.json", index, FakeHub.gitId(index));
        assertThatThrownBy(
                        () -> hub(Quick.offline(Quick.settings(DEAD))).pull("acme/tiny", progress))
                .hasMessageContaining("is not in the cache, and Sartor is offline");
        Files.delete(theirs.resolve("refs/main"));
        assertThatThrownBy(
                        () -> hub(Quick.offline(Quick.settings(DEAD))).pull("acme/tiny", progress))
                .hasMessageContaining("is not in the cache");
    }
}
