package dev.sartor.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fetches into the usual cache, so that all tests share one download.
@Tag("models")
@Timeout(1800) // a slow line is no fault
class PinnedModelsTest {
    private final Hub hub = Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed());

    @ParameterizedTest
    @ValueSource(strings = {"smollm2-135m-instruct", "all-minilm-l6-v2"})
    void isPulledOnceWithTheBytesThatTheCatalogueNames(String name) throws IOException {
        var model = hub.pull(name, new Recorded());

        var entry = hub.catalogue().find(name).orElseThrow();
        assertThat(model.files()).hasSameSizeAs(entry.files());
        for (var file : entry.files()) {
            var path = model.file(file.path()).orElseThrow();
            assertThat(file.checksum().of(path)).isEqualTo(file.checksum());
            assertThat(Files.getPosixFilePermissions(path.toRealPath()))
                    .as("read-only, so that it may be mapped")
                    .noneMatch(p -> p.name().endsWith("_WRITE"));
        }

        var again = new Recorded();
        assertThat(hub.pull(name, again)).isEqualTo(model);
        assertThat(again.steps()).isEmpty();
        assertThat(hub.show(name).complete()).isTrue();
    }
}
