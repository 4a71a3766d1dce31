package dev.sartor.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {
    @Test
    void isGoneWithAllThatIsInItAlsoAfterAFailure() {
        var left = new AtomicReference<>(Path.of(""));
        assertThatThrownBy(
                        () -> {
                            try (var folder = TemporaryFolder.create("test")) {
                                left.set(folder.path());
                                Files.createDirectories(folder.path().resolve("adapter-1"));
                                Files.writeString(folder.path().resolve("adapter-1/weights"), "w");
                                throw new IllegalStateException("the work failed");
                            }
                        })
                .isInstanceOf(IllegalStateException.class)
                .hasNoSuppressedExceptions();
        assertThat(left.get()).isAbsolute().doesNotExist();
    }
}
