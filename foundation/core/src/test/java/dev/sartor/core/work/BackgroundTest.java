package dev.sartor.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    /// The nineteenth field of proc(5)'s stat.
    private static int niceness() {
        try {
            var stat = Files.readString(Path.of("/proc/thread-self/stat"));
            var behindName = stat.substring(stat.lastIndexOf(')') + 2);
            return Integer.parseInt(behindName.split(" ", -1)[16]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theCallingThreadAloneGivesWay() throws Exception {
        if (!System.getProperty("os.name").equals("Linux")) {
            assertThat(Background.enter()).isFalse();
            return;
        }
        int usual = niceness();
        Callable<Integer> entered =
                () -> {
                    assertThat(Background.enter()).isTrue();
                    return niceness();
                };
        try (var thread = Executors.newSingleThreadExecutor()) {
            assertThat(thread.submit(entered).get()).isEqualTo(Math.min(usual + 4, 19));
        }
        assertThat(niceness()).isEqualTo(usual);
    }

    @Test
    void onAnotherSystemNothingIsDone() {
        var usual = System.getProperty("os.name");
        System.setProperty("os.name", "Mac OS X");
        try {
            assertThat(Background.enter()).isFalse();
        } finally {
            System.setProperty("os.name", usual);
        }
    }
}
