package dev.sartor.model.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.model.ReferenceModel;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.model.network.LoraLayout;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterCacheTest {
    @TempDir Path folder;
    private final Decoder decoder =
            Networks.decoder(ReferenceModel.of("llama").folder(), DType.F32);
    private final AdapterPool pool = Engine.call(this::pool);
    private final AdapterCache cache = new AdapterCache(decoder, pool);

    private AdapterPool pool() {
        try (var _ = TensorScope.open()) {
            return new AdapterPool(decoder, 2, 4);
        }
    }

    @BeforeEach
    void writeAdapters() {
        for (var name : new String[] {"a", "b", "c"}) {
            write(name);
        }
    }

    @AfterEach
    void free() {
        pool.close();
        decoder.close();
    }

    @Test
    void whatWasUsedLeastRecentlyMakesRoom() {
        int a = leaseAndClose("a");
        int b = leaseAndClose("b");
        assertThat(a).isNotEqualTo(b);
        assertThat(leaseAndClose("a")).isEqualTo(a);
        assertThat(leaseAndClose("c")).isEqualTo(b);
        assertThat(leaseAndClose("a")).isEqualTo(a);
        assertThat(leaseAndClose("b")).isEqualTo(b);
    }

    @Test
    void whatARunningRowWearsStays() {
        try (var a = cache.lease(folder.resolve("a")).orElseThrow()) {
            assertThat(leaseAndClose("a")).isEqualTo(a.slot());
            leaseAndClose("b");
            assertThat(leaseAndClose("c")).isNotEqualTo(a.slot());
            try (var b = cache.lease(folder.resolve("b")).orElseThrow()) {
                assertThat(b.slot()).isNotEqualTo(a.slot());
                assertThat(cache.lease(folder.resolve("c"))).isEmpty();
            }
        }
        assertThat(cache.lease(folder.resolve("c"))).isPresent();
    }

    @Test
    void aFolderThatWasWrittenAnewIsReadAnew() throws Exception {
        try (var old = cache.lease(folder.resolve("a")).orElseThrow()) {
            Files.setLastModifiedTime(
                    folder.resolve("a/adapter_model.safetensors"), FileTime.fromMillis(12345));
            assertThat(leaseAndClose("a")).isNotEqualTo(old.slot());
        }
    }

    @Test
    void aFolderWithoutAdapterIsNamedAndTakesNoSlot() {
        assertThatThrownBy(() -> cache.lease(folder.resolve("none")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("none")
                .hasMessageContaining("save_pretrained");
        assertThat(Engine.call(pool::free)).hasValue(0);
    }

    @Test
    void aVersionIsTheOneThatWasAskedForOrNone() throws Exception {
        var version = AdapterVersion.of(folder.resolve("a"));
        Files.setLastModifiedTime(
                folder.resolve("a/adapter_model.safetensors"), FileTime.fromMillis(12345));
        assertThatThrownBy(() -> cache.lease(version))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("was written anew");
        var now = AdapterVersion.of(folder.resolve("a"));
        int slot = cache.lease(now).orElseThrow().slot();
        Files.delete(folder.resolve("a/adapter_config.json"));
        assertThat(cache.lease(now).orElseThrow().slot()).as("still in its slot").isEqualTo(slot);
    }

    @Test
    void aForgottenVersionMakesRoomFirstWhenItsLastLeaseEnds() {
        leaseAndClose("b");
        var version = AdapterVersion.of(folder.resolve("a"));
        try (var a = cache.lease(version).orElseThrow()) {
            cache.forget(version);
            assertThat(leaseAndClose("c")).as("a row uses it").isNotEqualTo(a.slot());
        }
        int freed = cache.lease(version).orElseThrow().slot();
        leaseAndClose("c");
        assertThat(cache.lease(folder.resolve("b")).orElseThrow().slot())
                .as("this lease of a has not ended")
                .isNotEqualTo(freed);
    }

    @Test
    void aForgottenVersionMakesRoomBeforeWhatWasUsedLongerAgo() {
        int b = leaseAndClose("b");
        int a = leaseAndClose("a");
        cache.forget(AdapterVersion.of(folder.resolve("a")));
        assertThat(leaseAndClose("c")).isEqualTo(a).isNotEqualTo(b);
    }

    @Test
    void whatCannotAnswerIsSaidBeforeItIsAsked() {
        cache.refuseUnfit(folder.resolve("a"));
        write("wide", 5, 1);
        assertThatThrownBy(() -> cache.refuseUnfit(folder.resolve("wide")))
                .hasMessageContaining("at most the serving rank 4");
        write("endless", 2, 1e300);
        assertThatThrownBy(() -> cache.refuseUnfit(folder.resolve("endless")))
                .hasMessageContaining("must be finite numbers");
        assertThat(Engine.call(pool::free)).as("no slot was taken").hasValue(0);
    }

    private int leaseAndClose(String name) {
        try (var lease = cache.lease(folder.resolve(name)).orElseThrow()) {
            return lease.slot();
        }
    }

    private void write(String name) {
        write(name, 2, 1);
    }

    private void write(String name, int rank, double scale) {
        Engine.run(() -> {
            try (var _ = TensorScope.open();
                    var adapter =
                            LoraAdapter.fresh(
                                    LoraLayout.everywhere(decoder, rank, scale), new Random(1))) {
                PeftFolder.write(
                        folder.resolve(name),
                        adapter,
                        new PeftFolder.Origin("tiny", "CAUSAL_LM", 0));
            }
        });
    }
}
