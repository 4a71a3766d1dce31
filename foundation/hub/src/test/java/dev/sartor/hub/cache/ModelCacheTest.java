package dev.sartor.hub.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import dev.sartor.hub.Content;
import dev.sartor.hub.catalogue.Catalogue;
import dev.sartor.hub.catalogue.Checksum;
import dev.sartor.hub.catalogue.ModelFile;
import dev.sartor.hub.fetch.FetchFailure;
import dev.sartor.hub.source.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCacheTest {
    private static final byte[] CONTENT = Content.of(100);
    private static final ModelFile FILE =
            new ModelFile(
                    "1_Pooling/config.json",
                    100,
                    Checksum.sha256(Content.sha256(CONTENT)),
                    List.of());

    @TempDir Path folder;

    private static Manifest manifest() {
        var licence = Catalogue.builtIn().licence("gemma").orElseThrow();
        return new Manifest("tiny", "acme/tiny", "main", "a".repeat(40), licence, List.of(FILE));
    }

    private static ModelCache filled(Path folder) throws IOException, FetchFailure {
        var shelf = new ModelCache(folder.resolve("models--acme--tiny"));
        var part = shelf.part(FILE.checksum());
        Files.write(part, CONTENT);
        shelf.keep(part, FILE, "a test");
        return shelf;
    }

    @Test
    void aSnapshotLinksToTheContent() throws Exception {
        var shelf = filled(folder);
        var file = shelf.snapshot(manifest()).resolve(FILE.path());
        assertThat(file).isSymbolicLink().hasBinaryContent(CONTENT);
        assertThat(Files.readSymbolicLink(file))
                .as("relative, so that the cache can be moved")
                .isEqualTo(Path.of("../../../blobs/" + FILE.checksum().hex()));
    }

    @Test
    void aLinkThatLeadsNowhereIsMadeAgain() throws Exception {
        var shelf = filled(folder);
        var file = shelf.snapshot(manifest()).resolve(FILE.path());
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("nowhere"));
        shelf.snapshot(manifest());
        assertThat(file).hasBinaryContent(CONTENT);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whereNoSymbolicLinksCanBeMadeAHardLinkOrACopyServes(boolean hardLinks) throws Exception {
        var features =
                hardLinks
                        ? new Feature[] {Feature.FILE_CHANNEL, Feature.LINKS}
                        : new Feature[] {Feature.FILE_CHANNEL};
        try (var windows =
                Jimfs.newFileSystem(
                        Configuration.unix().toBuilder().setSupportedFeatures(features).build())) {
            var shelf = filled(windows.getPath("/cache"));
            var file = shelf.snapshot(manifest()).resolve(FILE.path());
            assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
            assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
            assertThat(Files.isSameFile(file, shelf.blob(FILE.checksum()))).isEqualTo(hardLinks);
            shelf.remove();
            assertThat(Files.exists(shelf.folder())).isFalse();
        }
    }

    @Test
    void theManifestIsReadAsItWasWritten() throws Exception {
        var shelf = filled(folder);
        shelf.snapshot(manifest());
        assertThat(shelf.manifest("a".repeat(40))).contains(manifest());
        assertThat(shelf.manifests()).containsExactly(manifest());
        assertThat(shelf.manifest("b".repeat(40))).isEmpty();
        assertThat(Sources.missing(manifest(), shelf)).isEmpty();
    }

    @Test
    void aManifestThatIsNotOursSaysWhatToRemove() throws Exception {
        var shelf = filled(folder);
        shelf.snapshot(manifest());
        Files.writeString(shelf.folder().resolve("manifests/" + "a".repeat(40) + ".json"), "[]");
        assertThatThrownBy(shelf::manifests)
                .hasMessageContaining("is not a manifest of Sartor: remove " + shelf.folder());
    }

    @Test
    void aShortBlobIsNotHeld() throws Exception {
        var shelf = new ModelCache(folder);
        Files.write(shelf.part(FILE.checksum()), new byte[3]);
        Files.move(shelf.part(FILE.checksum()), shelf.blob(FILE.checksum()));
        assertThat(shelf.holds(FILE)).isFalse();
    }

    @Test
    void bytesAreCountedOnceEachAndUnfinishedOnesToo() throws Exception {
        var shelf = filled(folder);
        long before = shelf.bytes();
        assertThat(before).isEqualTo(100);
        Files.write(shelf.part(Checksum.sha256("0".repeat(64))), new byte[40]);
        assertThat(shelf.bytes()).isEqualTo(140);
        assertThat(new ModelCache(folder.resolve("none")).bytes()).isZero();
    }

    @Test
    void aGitIdentityIsThatOfGit() throws Exception {
        // git hash-object of a file that holds "hello\n"
        var file = folder.resolve("hello");
        Files.write(file, "hello\n".getBytes(StandardCharsets.US_ASCII));
        var git = Checksum.gitBlob("ce013625030ba8dba906f756967f9e9ca394464a");
        assertThat(git.of(file)).isEqualTo(git);
    }
}
