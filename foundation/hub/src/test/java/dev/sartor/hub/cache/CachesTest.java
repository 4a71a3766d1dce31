package dev.sartor.hub.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.hub.environment.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachesTest {
    private static final Map<String, String> LINUX =
            Map.of("os.name", "Linux", "user.home", "/home/ada");

    @TempDir Path folder;

    private static Path root(Map<String, String> variables, Map<String, String> properties) {
        return Caches.of(new Environment(variables, properties)).root();
    }

    @Test
    void theyLieWhereTheSystemsCachesCustomarilyLie() {
        assertThat(root(Map.of(), LINUX)).isEqualTo(Path.of("/home/ada/.cache/sartor"));
        assertThat(root(Map.of("XDG_CACHE_HOME", "/big/cache"), LINUX))
                .isEqualTo(Path.of("/big/cache/sartor"));
        assertThat(root(Map.of("XDG_CACHE_HOME", "relative"), LINUX))
                .as("the specification says to ignore a relative path")
                .isEqualTo(Path.of("/home/ada/.cache/sartor"));
        assertThat(root(Map.of(), Map.of("os.name", "Mac OS X", "user.home", "/Users/ada")))
                .isEqualTo(Path.of("/Users/ada/Library/Caches/sartor"));
        var windows = Map.of("os.name", "Windows 11", "user.home", "/C/Users/ada");
        assertThat(root(Map.of("LOCALAPPDATA", "/D/Local"), windows))
                .isEqualTo(Path.of("/D/Local/sartor/cache"));
        assertThat(root(Map.of(), windows))
                .isEqualTo(Path.of("/C/Users/ada/AppData/Local/sartor/cache"));
    }

    @Test
    void oneSettingMovesThemAll() {
        assertThat(root(Map.of("SARTOR_CACHE", "/big"), LINUX)).isEqualTo(Path.of("/big"));
        assertThat(root(Map.of("SARTOR_CACHE", "~/big"), LINUX))
                .isEqualTo(Path.of("/home/ada/big"));
        var property = Map.of("sartor.cache", "/other", "os.name", "Linux");
        assertThat(root(Map.of("SARTOR_CACHE", "/big"), property)).isEqualTo(Path.of("/other"));
        assertThat(root(Map.of("SARTOR_CACHE", " "), LINUX))
                .isEqualTo(Path.of("/home/ada/.cache/sartor"));

        var caches = Caches.at(folder.resolve("c"));
        assertThat(caches.models()).isEqualTo(folder.resolve("c/models")).isDirectory();
        assertThat(caches.aot()).isEqualTo(folder.resolve("c/aot")).isDirectory();
        assertThat(caches.javacpp()).isEqualTo(folder.resolve("c/javacpp")).isDirectory();
        assertThat(caches.temporary()).isEqualTo(folder.resolve("c/tmp")).isDirectory();
        try (var files = Files.walk(folder)) {
            assertThat(files).as("trials leave nothing").noneMatch(Files::isRegularFile);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aUserWithoutAHomeIsToldWhichSettingToSet() {
        assertThatThrownBy(() -> root(Map.of(), Map.of("os.name", "Linux", "user.home", "?")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("set SARTOR_CACHE");
    }

    @Test
    void nothingIsMadeBeforeItIsAskedFor() {
        var caches = Caches.at(folder.resolve("c"));
        assertThat(caches.root()).doesNotExist();
    }

    @Test
    void aFolderThatMayNotBeWrittenIsNamedWithTheRuleAndTheSetting() throws IOException {
        // A file where the folder should be: root, who ignores permissions, cannot write there
        // either.
        var file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> Caches.at(file).models())
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.MISSING))
                .hasMessageContaining("the cache folder " + file.resolve("models"))
                .hasMessageContaining("may write to")
                .hasMessageContaining("Set SARTOR_CACHE (or the system property sartor.cache)");
    }

    @Test
    void aFolderWhereNothingMayRunIsNamedWithTheRuleAndTheSetting() {
        // What a noexec mount answers to exec.
        var trial =
                new FolderTrial(program -> {
                    throw new IOException("error=13, Permission denied");
                });
        var caches = Caches.at(folder, trial);
        assertThatThrownBy(caches::temporary)
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.MISSING))
                .hasMessageContaining("the cache folder " + folder.resolve("tmp"))
                .hasMessageContaining("programs may run")
                .hasMessageContaining("Permission denied")
                .hasMessageContaining("noexec")
                .hasMessageContaining("Set SARTOR_CACHE");
        assertThatThrownBy(caches::javacpp).hasMessageContaining("javacpp");
        assertThat(caches.models()).as("models are only read").isDirectory();
    }

    @Test
    void aScriptThatFailsIsNoSuccess() {
        assertThatThrownBy(Caches.at(folder, new FolderTrial(program -> 126))::temporary)
                .hasMessageContaining("exit code 126");
    }

    @Test
    void aScriptThatIsBusyForAMomentIsTriedAgain() {
        var runs = new AtomicInteger();
        var trial =
                new FolderTrial(program -> {
                    if (runs.incrementAndGet() == 1) {
                        throw new IOException("error=26, Text file busy");
                    }
                    return 0;
                });
        assertThat(Caches.at(folder, trial).temporary()).isDirectory();
    }

    @Test
    void aFolderIsTriedOnce() {
        var runs = new AtomicInteger();
        var trial =
                new FolderTrial(program -> {
                    runs.incrementAndGet();
                    return 0;
                });
        var caches = Caches.at(folder, trial);
        caches.temporary();
        caches.temporary();
        assertThat(runs).hasValue(1);
    }
}
