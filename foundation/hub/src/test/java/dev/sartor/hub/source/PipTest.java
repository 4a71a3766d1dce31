package dev.sartor.hub.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.hub.FakePip;
import dev.sartor.hub.catalogue.Checksum;
import dev.sartor.hub.catalogue.PackagePart;
import dev.sartor.hub.fetch.FetchFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipTest {
    private static final PackagePart PART = new PackagePart("tiny-model", "1.0", "tiny/a");
    private static final URI WHEEL = URI.create("https://mirror.example/x/tiny_model-1.0.whl");
    private static final String DIGEST = "ab".repeat(32);

    @TempDir Path folder;
    private FakePip fake;

    @BeforeEach
    void layOut() throws IOException {
        fake = new FakePip(folder.resolve("pip"));
        Files.createDirectories(folder.resolve("scratch"));
    }

    private Pip pip(List<List<String>> pythons) {
        return new Pip(pythons, () -> folder.resolve("scratch"));
    }

    private Wheel.Origin located() throws FetchFailure {
        return pip(List.of(List.of("no-such-python"), fake.command())).locate(PART);
    }

    @Test
    void theAddressAndDigestAreReadFromTheReport() throws Exception {
        fake.knows("tiny-model==1.0", WHEEL, Map.of("hashes", Map.of("sha256", DIGEST)));
        assertThat(located().address()).isEqualTo(WHEEL);
        assertThat(located().checksum()).contains(Checksum.sha256(DIGEST));
        assertThat(located().isLocal()).isFalse();
        try (var left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
    }

    /// Python takes `pip.py` in its current folder for pip.
    @Test
    void aPipInTheUsersFolderIsNotRun() throws Exception {
        fake.knows("tiny-model==1.0", WHEEL, Map.of("hashes", Map.of("sha256", DIGEST)));
        var folders = folder.resolve("folders");
        fake.script(
                "pwd > '"
                        + folders
                        + "'; ls -A >> '"
                        + folders
                        + "'\n"
                        + Files.readString(folder.resolve("pip/pip.sh")));
        assertThat(located().address()).isEqualTo(WHEEL);
        assertThat(Files.readAllLines(folders))
                .singleElement()
                .satisfies(
                        here -> assertThat(Path.of(here).startsWith(folder.toRealPath())).isTrue());
    }

    @Test
    void aRealPythonRunsItsOwnPipWhereAnotherLies() throws Exception {
        var here = Files.createDirectories(folder.resolve("project"));
        var mark = folder.resolve("was-run");
        Files.writeString(
                here.resolve("pip.py"), "open(" + Json.line(mark.toString()) + ", 'w')\n");
        var builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                AskedPip.class.getName(),
                                folder.resolve("scratch").toString())
                        .directory(here.toFile())
                        .redirectErrorStream(true);
        builder.environment().put("PIP_NO_INDEX", "1");
        var process = builder.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("pip");
        assertThat(mark).doesNotExist();
    }

    /// Asks this machine's Python, if there is one, for a package that no index has.
    static final class AskedPip {
        public static void main(String[] args) throws FetchFailure {
            try {
                var _ =
                        new Pip(List.of(List.of("python3")), () -> Path.of(args[0]))
                                .locate(new PackagePart("sartor-has-no-such-package", "1.0", "a"));
            } catch (FetchFailure e) {
                System.out.println("pip: " + e.getMessage());
            }
        }
    }

    @Test
    void anOlderReportsDigestIsReadToo() throws Exception {
        fake.knows("tiny-model==1.0", WHEEL, Map.of("hash", "sha256=" + DIGEST));
        assertThat(located().checksum()).contains(Checksum.sha256(DIGEST));
    }

    @Test
    void anotherKindOfDigestIsLeftOut() throws Exception {
        fake.knows("tiny-model==1.0", WHEEL, Map.of("hash", "md5=abcd"));
        assertThat(located().checksum()).isEmpty();
    }

    @Test
    void aSourceArchiveIsRefused() throws Exception {
        fake.knows("tiny-model==1.0", URI.create("https://mirror.example/t.tar.gz"), Map.of());
        assertThatThrownBy(this::located)
                .isInstanceOf(FetchFailure.Refused.class)
                .hasMessageContaining("no address of a wheel for tiny-model 1.0");
    }

    @Test
    void pipsComplaintIsPassedOnWithoutPasswords() {
        assertThatThrownBy(this::located)
                .isInstanceOf(FetchFailure.Refused.class)
                .hasMessage(
                        "pip found no tiny-model 1.0: ERROR: No matching distribution found for"
                                + " tiny-model==1.0 at https://mirror/simple");
    }

    @Test
    void aPythonWithoutPipSaysSo() throws Exception {
        fake.script("echo '/usr/bin/python3: No module named pip' >&2; exit 1\n");
        assertThatThrownBy(this::located).hasMessage("this machine's Python has no pip");
    }

    @Test
    void anOldPipSaysHowToRenewIt() throws Exception {
        fake.script("echo 'no such option: --report' >&2; exit 2\n");
        assertThatThrownBy(this::located)
                .hasMessageContaining("older than 22.2")
                .hasMessageContaining("pip install --upgrade pip");
    }

    @Test
    void noPythonAtAllIsUnreachable() {
        assertThatThrownBy(() -> pip(List.of(List.of("no-such-python"))).locate(PART))
                .isInstanceOf(FetchFailure.Unreachable.class)
                .hasMessageContaining("no Python on this machine");
    }

    @Test
    void aVersionThatIsNotExactIsRefused() {
        assertThatThrownBy(() -> new PackagePart("tiny", ">=1 --index-url x", "a"))
                .hasMessageContaining("one exact version");
        assertThatThrownBy(() -> new PackagePart("--index-url", "1", "a"))
                .hasMessageContaining("a package's name");
    }
}
