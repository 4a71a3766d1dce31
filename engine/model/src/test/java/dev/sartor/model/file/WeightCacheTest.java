package dev.sartor.model.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.model.Adapters;
import dev.sartor.model.Precision;
import dev.sartor.model.ReferenceModel;
import dev.sartor.model.RowsPass;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightCacheTest {
    private static final int[] IDS = {1, 5, 2, 9, 7};

    @TempDir Path folder;

    private final List<String> said = new ArrayList<>();
    private final Handler ear = new Ear();
    private final Logger log = Logger.getLogger("dev.sartor.model");

    private final class Ear extends Handler {
        @Override
        public void publish(LogRecord told) {
            said.add(told.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        log.addHandler(ear);
    }

    @AfterEach
    void stop() {
        log.removeHandler(ear);
    }

    @ParameterizedTest
    @EnumSource(names = {"INT8", "INT4"})
    void keptWeightsAnswerLikeThoseRoundedAnew(Precision precision) throws IOException {
        var anew = logits(model(), precision, WeightCache.none());
        assertThat(logits(model(), precision, cache())).isEqualTo(anew);
        var written = Files.getLastModifiedTime(kept());
        assertThat(logits(model(), precision, cache())).isEqualTo(anew);
        assertThat(Files.getLastModifiedTime(kept())).isEqualTo(written);
        assertThat(said).isEmpty();
    }

    @Test
    void weightsDecodedFromGgufAreKeptInBf16() throws IOException {
        var gguf = gguf();
        var anew = logits(gguf, Precision.BF16, WeightCache.none());
        assertThat(logits(gguf, Precision.BF16, cache())).isEqualTo(anew);
        assertThat(kept()).exists();
        assertThat(logits(gguf, Precision.BF16, cache())).isEqualTo(anew);
    }

    @Test
    void weightsThatAreReadAsTheyStandAreNotKept() throws IOException {
        logits(model(), Precision.BF16, cache());
        logits(model(), Precision.F32, cache());
        assertThat(files()).isEmpty();
    }

    @Test
    void keptWeightsAreReadInPlaceOfTheModels() throws IOException {
        var copy = copy();
        var first = logits(copy, Precision.INT8, cache());
        var weights = copy.resolve("model.safetensors");
        var time = Files.getLastModifiedTime(weights);
        blank(weights); // in the middle of a matrix
        Files.setLastModifiedTime(weights, time); // as if nothing had changed
        assertThat(logits(copy, Precision.INT8, cache())).isEqualTo(first);
        assertThat(logits(copy, Precision.INT8, WeightCache.none())).isNotEqualTo(first);
    }

    @Test
    void aDamagedFileIsSaidAndMadeAnew() throws IOException {
        var anew = logits(model(), Precision.INT8, cache());
        var whole = Files.readAllBytes(kept());
        change(kept(), -7, 0x55);
        assertThat(logits(model(), Precision.INT8, cache())).isEqualTo(anew);
        assertThat(said).singleElement().asString().contains("is damaged").contains("not those");
        assertThat(Files.readAllBytes(kept())).isEqualTo(whole);
    }

    @Test
    void aCutFileIsSaidAndMadeAnew() throws IOException {
        var anew = logits(model(), Precision.INT8, cache());
        var whole = Files.readAllBytes(kept());
        Files.write(kept(), Arrays.copyOf(whole, whole.length / 2));
        assertThat(logits(model(), Precision.INT8, cache())).isEqualTo(anew);
        assertThat(said).singleElement().asString().contains("is damaged");
        assertThat(Files.readAllBytes(kept())).isEqualTo(whole);
    }

    @Test
    void anotherModelInTheSamePlaceIsRoundedAnew() throws IOException {
        var copy = copy();
        var first = logits(copy, Precision.INT8, cache());
        var weights = copy.resolve("model.safetensors");
        change(weights, -5, 0x42);
        Files.setLastModifiedTime(weights, FileTime.fromMillis(1_000_000));
        var second = logits(copy, Precision.INT8, cache());
        assertThat(second).isNotEqualTo(first);
        assertThat(second).isEqualTo(logits(copy, Precision.INT8, WeightCache.none()));
        assertThat(files()).hasSize(1);
        assertThat(said).isEmpty();
    }

    @Test
    void whatWasKeptOfAModelThatIsGoneIsRemoved() throws IOException {
        var copy = copy();
        logits(copy, Precision.INT8, cache());
        var gone = kept();
        try (var files = Files.list(copy)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(copy);
        var part = Files.createFile(weights().resolve(".kept1.part"));
        Files.setLastModifiedTime(part, FileTime.fromMillis(1_000_000)); // of an interrupted start
        logits(model(), Precision.INT8, cache());
        assertThat(gone).doesNotExist();
        assertThat(files()).hasSize(1);
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaidAndNoMore() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "no folder");
        var anew = logits(model(), Precision.INT8, WeightCache.none());
        assertThat(logits(model(), Precision.INT8, WeightCache.in(file))).isEqualTo(anew);
        assertThat(said).singleElement().asString().contains("not kept").contains("file");
    }

    @Test
    void twoProcessesThatKeepTheSameLeaveOneWholeFile() throws Exception {
        var processes = List.of(start(), start());
        for (var process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        var written = Files.getLastModifiedTime(kept());
        assertThat(logits(model(), Precision.INT8, cache()))
                .isEqualTo(logits(model(), Precision.INT8, WeightCache.none()));
        assertThat(said).isEmpty();
        assertThat(Files.getLastModifiedTime(kept())).isEqualTo(written);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Keeper.class.getName(),
                        weights().toString())
                .inheritIO()
                .start();
    }

    /// Loads the model once.
    static final class Keeper {
        private Keeper() {}

        public static void main(String[] args) {
            var cache = WeightCache.in(Path.of(args[0]));
            Networks.decoder(model(), Precision.INT8, cache).close();
        }
    }

    private WeightCache cache() {
        return WeightCache.in(weights());
    }

    private Path weights() {
        return folder.resolve("weights");
    }

    private static Path model() {
        return ReferenceModel.of("llama").folder();
    }

    private static Path gguf() {
        var url = WeightCacheTest.class.getResource("/gguf/llama-yarn.gguf");
        return Path.of(URI.create(Objects.requireNonNull(url).toString()));
    }

    private Path copy() throws IOException {
        var copy = Files.createDirectory(folder.resolve("model"));
        for (var name : List.of("config.json", "model.safetensors")) {
            Files.copy(model().resolve(name), copy.resolve(name));
        }
        return copy;
    }

    /// Of all that lies there, what is left of an interrupted start included.
    private List<Path> files() throws IOException {
        if (!Files.exists(weights())) {
            return List.of();
        }
        try (var files = Files.list(weights())) {
            return files.toList();
        }
    }

    private Path kept() throws IOException {
        assertThat(files()).hasSize(1);
        return files().getFirst();
    }

    /// @param at from the end when negative
    private static void change(Path file, int at, int bits) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length + at] ^= (byte) bits;
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static void blank(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 64, (byte) 0);
        Files.write(file, bytes);
    }

    private static float[] logits(Path model, Precision precision, WeightCache cache) {
        try (var decoder = Networks.decoder(model, precision, cache)) {
            return Engine.call(() -> {
                try (var _ = TensorScope.open()) {
                    var pass = RowsPass.of(0, 1, IDS.length, decoder.type());
                    var hidden = decoder.hidden(Tensors.indices(IDS), pass, Adapters.none());
                    return decoder.logits(hidden, Adapters.none()).to(DType.F32).toFloats();
                }
            });
        }
    }
}
