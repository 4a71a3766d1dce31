package dev.sartor.hub.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.Content;
import dev.sartor.hub.FakeHub;
import dev.sartor.hub.Hub;
import dev.sartor.hub.Licences;
import dev.sartor.hub.ScriptedServer;
import dev.sartor.hub.ScriptedServer.Reply;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.environment.Quick;
import dev.sartor.hub.environment.Use;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a name on the hub brings, and what it goes on meaning.
class RepositoryChoiceTest {
    private static final byte[] SMALL = Content.of(1000);
    private static final byte[] LARGE = Content.of(2000);

    @TempDir Path folder;

    private Hub hub(ScriptedServer server) {
        var caches = Caches.at(folder);
        return new Hub(
                Catalogue.builtIn(),
                caches,
                Licences.of(caches, Gate.closed()),
                Use.PERSONAL,
                Quick.outside(Quick.settings(server.uri(""))));
    }

    private static FakeHub quantised() {
        return new FakeHub().with("tiny.Q4_1.gguf", SMALL).with("tiny.Q8_0.gguf", LARGE);
    }

    @Test
    void eachChosenFileHasAFolderOfItsOwnSoThatTheChoiceStaysClear() throws Exception {
        try (var server = ScriptedServer.answering(quantised())) {
            var hub = hub(server);
            var small = hub.pull("acme/tiny/tiny.Q4_1.gguf", Progress.silent());
            var large = hub.pull("acme/tiny/tiny.Q8_0.gguf", Progress.silent());
            assertThat(small.filesEndingWith(".gguf")).hasSize(1);
            assertThat(small.filesEndingWith(".gguf").getFirst()).hasBinaryContent(SMALL);
            assertThat(large.filesEndingWith(".gguf").getFirst()).hasBinaryContent(LARGE);
            assertThat(small.folder()).isNotEqualTo(large.folder());
            assertThat(hub.list())
                    .extracting(ModelDescription::name)
                    .contains("acme/tiny/tiny.Q4_1.gguf", "acme/tiny/tiny.Q8_0.gguf");

            long asked = server.requests().size();
            assertThat(hub.pull("acme/tiny/tiny.Q8_0.gguf", Progress.silent())).isEqualTo(large);
            assertThat(server.requests()).hasSize((int) asked);
        }
    }

    @Test
    void aChosenFileLiesUnderItsCommitTooWherePythonsToolsLook() throws Exception {
        try (var server = ScriptedServer.answering(quantised())) {
            hub(server).pull("acme/tiny:Q4_1", Progress.silent());
            hub(server).pull("acme/tiny:Q8_0", Progress.silent());
            var shelf = folder.resolve("models/models--acme--tiny");
            assertThat(shelf.resolve("refs/main")).hasContent(FakeHub.COMMIT);
            assertThat(shelf.resolve("snapshots/" + FakeHub.COMMIT))
                    .isDirectoryContaining("glob:**tiny.Q4_1.gguf")
                    .isDirectoryContaining("glob:**tiny.Q8_0.gguf");
            assertThatThrownBy(() -> hub(server).pull("acme/tiny", Progress.silent()))
                    .hasMessageContaining("holds several GGUF files");
        }
    }

    @Test
    void aChoiceThatTheUserDidNotMakeIsTheirs() throws Exception {
        try (var server = ScriptedServer.answering(quantised())) {
            assertThatThrownBy(() -> hub(server).pull("acme/tiny", Progress.silent()))
                    .isInstanceOfSatisfying(
                            SartorException.class,
                            e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.USER))
                    .hasMessageContaining("acme/tiny/FILE: tiny.Q4_1.gguf, tiny.Q8_0.gguf");
        }
    }

    @Test
    void aBranchMeansWhatItMeantWhenItWasFirstPulledUntilItIsRemoved() throws Exception {
        var first = new FakeHub().with("model.safetensors", SMALL);
        try (var server = ScriptedServer.answering(first)) {
            hub(server).pull("acme/tiny@dev", Progress.silent());
        }
        var later = new FakeHub().with("model.safetensors", LARGE);
        try (var server = ScriptedServer.answering(later)) {
            var hub = hub(server);
            assertThat(hub.pull("acme/tiny@dev", Progress.silent()).files().getFirst())
                    .hasBinaryContent(SMALL);
            assertThat(server.requests()).isEmpty();
            hub.remove("acme/tiny");
            assertThat(hub.pull("acme/tiny@dev", Progress.silent()).files().getFirst())
                    .hasBinaryContent(LARGE);
        }
    }

    @Test
    void aRevisionIsAskedForAsItIsWritten() throws Exception {
        try (var server =
                ScriptedServer.answering(new FakeHub().with("model.safetensors", SMALL))) {
            hub(server).pull("acme/tiny@refs/pr/3", Progress.silent());
            assertThat(server.requests().getFirst().path())
                    .isEqualTo("/api/models/acme/tiny/revision/refs%2Fpr%2F3?blobs=true");
        }
    }

    @Test
    void aFileWithASpaceInItsNameIsAskedForEncoded() throws Exception {
        try (var server =
                ScriptedServer.answering(
                        new FakeHub()
                                .with("model.safetensors", SMALL)
                                .with("LICENSE v2.txt", "terms"))) {
            var model = hub(server).pull("acme/tiny", Progress.silent());
            assertThat(model.file("LICENSE v2.txt").orElseThrow()).hasContent("terms");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer.model", "spiece.model", "sentencepiece.bpe.model"})
    void aSentencepieceModelComesWithTheWeights(String name) throws Exception {
        var fake = new FakeHub().with("model.safetensors", SMALL).with(name, LARGE);
        try (var server = ScriptedServer.answering(fake)) {
            var model = hub(server).pull("acme/tiny", Progress.silent());
            assertThat(model.file(name).orElseThrow()).hasBinaryContent(LARGE);
        }
    }

    @Test
    void aPageThatIsNotAHubIsRecognised() throws Exception {
        try (var server = ScriptedServer.answering(r -> Reply.json("<html>log in</html>"))) {
            assertThatThrownBy(() -> hub(server).pull("acme/tiny", Progress.silent()))
                    .hasMessageContaining("did not answer with JSON: is HF_ENDPOINT a hub?");
        }
    }

    @Test
    void aPrivateRepositoryAsksForAToken() throws Exception {
        try (var server = ScriptedServer.answering(r -> Reply.of(401))) {
            assertThatThrownBy(() -> hub(server).pull("acme/tiny", Progress.silent()))
                    .isInstanceOfSatisfying(
                            SartorException.class,
                            e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.USER))
                    .hasMessageContaining("private or gated")
                    .hasMessageContaining("set HF_TOKEN");
        }
    }
}
