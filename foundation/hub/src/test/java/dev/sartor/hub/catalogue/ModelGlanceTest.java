package dev.sartor.hub.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.hub.FakeHub;
import dev.sartor.hub.Hub;
import dev.sartor.hub.Licences;
import dev.sartor.hub.ScriptedServer;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.environment.Quick;
import dev.sartor.hub.environment.Use;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelGlanceTest {
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

    @Test
    void aRepositoryIsLookedAtByItsHeadersAlone() throws Exception {
        var header =
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[1000,70],\"data_offsets\":[0,140000]},\"__metadata__\":{},\"b\":{\"shape\":[]}}";
        // Longer than what is asked for at first.
        var padded = header + " ".repeat(100_000);
        var file =
                ByteBuffer.allocate(8 + padded.length() + 140_000)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(padded.length())
                        .put(padded.getBytes(StandardCharsets.UTF_8))
                        .array();
        var fake =
                new FakeHub()
                        .with("config.json", "{\"model_type\":\"llama\"}")
                        .with("model.safetensors", file);
        try (var server = ScriptedServer.answering(fake)) {
            var glance = hub(server).glance("acme/tiny").orElseThrow();
            assertThat(glance.parameters()).hasValue(70_001);
            assertThat(glance.config().orElseThrow().get("model_type").asString())
                    .isEqualTo("llama");
            assertThat(server.requests())
                    .filteredOn(r -> r.path().endsWith("model.safetensors"))
                    .extracting(ScriptedServer.Request::range)
                    .containsExactly("bytes=0-65535", "bytes=0-" + (padded.length() + 7));
            assertThat(hub(server).folder("acme/tiny")).isEmpty();
        }
        var cut = new FakeHub().with("model.safetensors", "short");
        try (var server = ScriptedServer.answering(cut)) {
            assertThat(hub(server).glance("acme/tiny")).isEmpty();
        }
    }
}
