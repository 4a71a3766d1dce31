package dev.sartor.retrieve.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexStoreTest {
    @TempDir private Path root;

    private String open(IndexStore.Build build) {
        return new IndexStore(root)
                .open(
                        "key",
                        build,
                        folder -> Files.readString(folder.resolve("content")),
                        Progress.silent());
    }

    private static IndexStore.Build writing(String text) {
        return folder -> Files.writeString(folder.resolve("content"), text);
    }

    @Test
    void whoeverComesWhileAnIndexIsBuiltWaitsForItAndUsesIt()
            throws InterruptedException, ExecutionException {
        var builds = new AtomicInteger();
        IndexStore.Build slow =
                folder -> {
                    builds.incrementAndGet();
                    writing("one").into(folder);
                };
        var results = new ArrayList<Future<String>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                results.add(threads.submit(() -> open(slow)));
            }
        }
        for (var result : results) {
            assertThat(result.get()).isEqualTo("one");
        }
        assertThat(builds).hasValue(1);
    }

    @Test
    void aFailedBuildIsTriedAgainNextTime() {
        assertThatThrownBy(() ->
                        open(folder -> {
                            writing("half").into(folder);
                            throw new IOException("No space left on device");
                        }))
                .hasMessageContaining("No space left on device")
                .extracting(e -> ((SartorException) e).kind())
                .isEqualTo(SartorException.Kind.MISSING);
        assertThat(root.resolve("key")).doesNotExist();
        assertThat(root.resolve("key.part")).doesNotExist();
        assertThat(open(writing("whole"))).isEqualTo("whole");
    }

    @Test
    void aRootThatCannotBeMadeIsNamed() throws IOException {
        var file = Files.writeString(root.resolve("file"), "x");
        assertThatThrownBy(() ->
                        new IndexStore(file.resolve("below"))
                                .open("key", writing("x"), f -> "x", Progress.silent()))
                .hasMessageContaining(file.toString())
                .isInstanceOf(SartorException.class);
    }
}
