package dev.sartor.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
    @TempDir Path cache;

    @Test
    void whatAKilledStartLeftHalfUnpackedIsUnpackedAnew() throws Exception {
        assertThat(start()).isZero();
        var library = library();
        var whole = Files.size(library);
        for (var mark : marks()) {
            Files.delete(mark);
        }
        var time = Files.getLastModifiedTime(library);
        Files.write(library, new byte[(int) whole]); // of the right size and date, and no library
        Files.setLastModifiedTime(library, time);
        assertThat(start()).isZero();
        assertThat(Files.readAllBytes(library)).startsWith(0x7f, 'E', 'L', 'F');
    }

    @Test
    void aMarkThatNamesNoFilesIsWrittenAnew() throws Exception {
        assertThat(start()).isZero();
        var mark = marks().getFirst();
        var named = Files.readString(mark);
        assertThat(named.lines()).hasSize(2).allMatch(file -> Files.exists(Path.of(file)));
        assertThat(start()).isZero(); // by those names
        Files.writeString(mark, "/nowhere/libjnitorch.so\n");
        assertThat(start()).isZero();
        assertThat(mark).content().isEqualTo(named);
    }

    /// Another JVM, as a library is loaded once in a process.
    private int start() throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Threads.class.getName())
                .inheritIO()
                .start()
                .waitFor();
    }

    private Path library() throws IOException {
        try (var files = Files.walk(cache)) {
            return files.filter(file -> file.getFileName().toString().equals("libc10.so"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private java.util.List<Path> marks() throws IOException {
        try (var files = Files.list(cache)) {
            return files.filter(file -> file.getFileName().toString().startsWith("whole-"))
                    .toList();
        }
    }

    /// Asks libtorch something.
    static final class Threads {
        private Threads() {}

        public static void main(String[] args) {
            System.exit(Engine.threads() > 0 ? 0 : 1);
        }
    }
}
