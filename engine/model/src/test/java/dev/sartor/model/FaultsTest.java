package dev.sartor.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.file.Networks;
import dev.sartor.model.gguf.GgufConfig;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tokenizer.Tokenizer;
import dev.sartor.tokenizer.file.TokenizerReader;
import dev.sartor.weights.Mutations;
import dev.sartor.weights.Resources;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.gguf.GgmlBlocks;
import dev.sartor.weights.gguf.GgufFile;
import dev.sartor.weights.safetensors.Safetensors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are cut, bit-flipped, spliced or made up: opening and using one ends in success or in a user's error, soon, and
/// in little memory. An ordinary run takes the first fifth of them; `-Dfaults.fewer=1` takes all hundred thousand and more.
class FaultsTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int FEWER = Integer.getInteger("faults.fewer", 5);
    private static final long MOST_MEMORY = 64L << 20;
    private static final long MOST_NANOSECONDS = 2_000_000_000L;
    private static final List<String> TEXTS =
            List.of(
                    "",
                    " two  words ",
                    "naïve <s> 中文🦊 1234</s>",
                    "aaaaaaaaaaaaaaaaaaaa\n\n\u0301");

    @TempDir Path folder;

    private record Outcome(int sound, int refused, long slowest, long largest) {
        /// Neither all nor none are refused, as the damage is of many kinds.
        double soundShare() {
            return (double) sound / (sound + refused);
        }
    }

    /// @param use opens the file that stands there and uses it
    private Outcome damage(
            List<byte[]> samples, String name, int all, boolean isText, Consumer<Path> use)
            throws IOException {
        var file = folder.resolve(name);
        int count = all / FEWER;
        int sound = 0;
        long slowest = 0;
        long largest = 0;
        for (int seed = 0; seed < count; seed++) {
            var mutations = new Mutations(new SplittableRandom(seed));
            var bytes = mutations.of(samples.get(seed % samples.size()), isText);
            Files.write(file, bytes);
            long memory = THREADS.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            try {
                use.accept(file);
                sound++;
            } catch (SartorException e) {
                assertThat(e.kind())
                        .as("seed " + seed + ": " + e)
                        .isNotEqualTo(SartorException.Kind.DEFECT);
            } catch (Throwable e) {
                throw new AssertionError(
                        name + ": seed " + seed + " of " + seed % samples.size(), e);
            }
            slowest = Math.max(slowest, System.nanoTime() - start);
            long taken = THREADS.getCurrentThreadAllocatedBytes() - memory - bytes.length;
            largest = Math.max(largest, taken);
            assertThat(taken).as(name + ": memory at seed " + seed).isLessThan(MOST_MEMORY);
        }
        assertThat(slowest).as(name + ": the slowest").isLessThan(MOST_NANOSECONDS);
        var outcome = new Outcome(sound, count - sound, slowest, largest);
        System.out.printf(
                "%s: %d damaged files, %d refused, slowest %d ms, at most %d KiB%n",
                name, count, outcome.refused(), slowest / 1_000_000, largest >> 10);
        return outcome;
    }

    @Test
    void damagedSafetensorsAreReadOrRefused() throws IOException {
        var sample = Resources.bytes("peft-adapter.safetensors");
        var outcome =
                damage(
                        List.of(sample, SmallFiles.safetensors(), SmallFiles.safetensors()),
                        "model.safetensors",
                        30_000,
                        false,
                        FaultsTest::readTensors);
        assertThat(outcome.soundShare()).isBetween(0.033, 0.967);
    }

    private static void readTensors(Path file) {
        try (var open = Safetensors.open(file, WeightAccess.COPIED)) {
            long held = 0;
            for (var name : open.names()) {
                held += open.tensor(name).bytes().byteSize();
            }
            if (Files.isRegularFile(file)) {
                assertThat(held).isLessThanOrEqualTo(file.toFile().length());
            }
            open.metadata();
        }
    }

    @Test
    void damagedGgufFilesAreReadOrRefused() throws IOException {
        var outcome = damage(SmallFiles.gguf(), "model.gguf", 30_000, false, FaultsTest::readGguf);
        assertThat(outcome.soundShare()).isBetween(0.033, 0.967);
    }

    private static void readGguf(Path file) {
        try (var open = GgufFile.open(file, WeightAccess.COPIED)) {
            for (var name : open.names()) {
                var entry = open.tensor(name);
                var floats = new float[(int) entry.values()];
                GgmlBlocks.toFloat32(
                        entry.type(),
                        entry.blocks(),
                        java.lang.foreign.MemorySegment.ofArray(floats));
            }
            use(TokenizerReader.of(open.metadata()));
            GgufConfig.of(file, open);
        }
    }

    @Test
    void damagedTokenizersAreReadOrRefused() throws IOException {
        var outcome =
                damage(
                        SmallFiles.tokenizers(),
                        "tokenizer.json",
                        25_000,
                        true,
                        file -> use(TokenizerReader.open(folder)));
        assertThat(outcome.soundShare()).isBetween(0.04, 0.96);
    }

    @Test
    void damagedSentencepieceModelsAreReadOrRefused() throws IOException {
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"tokenizer_class\": \"LlamaTokenizer\"}");
        var outcome =
                damage(
                        SmallFiles.sentencePieces(),
                        "tokenizer.model",
                        20_000,
                        false,
                        file -> use(TokenizerReader.open(folder)));
        assertThat(outcome.soundShare()).isBetween(0.025, 0.95);
    }

    @Test
    void damagedFilesBesideAreReadOrRefused() throws IOException {
        Files.write(folder.resolve("tokenizer.json"), SmallFiles.tokenizers().getFirst());
        damage(
                List.of(SmallFiles.tokenizerConfig()),
                "tokenizer_config.json",
                5_000,
                true,
                file -> use(TokenizerReader.open(folder)));
        Files.delete(folder.resolve("tokenizer.json"));
        Files.write(folder.resolve("vocab.json"), SmallFiles.vocabulary());
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\na b\n");
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"tokenizer_class\": \"GPT2Tokenizer\"}");
        damage(
                List.of(SmallFiles.vocabulary()),
                "vocab.json",
                5_000,
                true,
                file -> use(TokenizerReader.open(folder)));
    }

    @Test
    void damagedIndexesOfShardsAreReadOrRefused() throws IOException {
        for (var shard : List.of("model-1.safetensors", "model-2.safetensors")) {
            Files.write(folder.resolve(shard), SmallFiles.safetensors());
        }
        var outcome =
                damage(
                        List.of(SmallFiles.shardIndex()),
                        "model.safetensors.index.json",
                        5_000,
                        true,
                        file -> readTensors(folder));
        assertThat(outcome.soundShare()).isBetween(0.01, 0.98);
    }

    @Test
    void damagedAdapterSettingsAreReadOrRefused() throws IOException {
        var model = ReferenceModel.of("llama");
        var names = List.of("lora", "dora-patterns", "layers", "saved", "regex");
        var samples = new ArrayList<byte[]>();
        for (var name : names) {
            samples.add(Files.readAllBytes(model.folder().resolve(name, "adapter_config.json")));
        }
        try (var decoder = Networks.decoder(model.folder(), DType.F32)) {
            for (int i = 0; i < names.size(); i++) {
                Files.copy(
                        model.folder().resolve(names.get(i), "adapter_model.safetensors"),
                        folder.resolve("adapter_model.safetensors"),
                        StandardCopyOption.REPLACE_EXISTING);
                var outcome =
                        damage(
                                List.of(samples.get(i)),
                                "adapter_config.json",
                                1_500,
                                true,
                                file ->
                                        Engine.run(() -> {
                                            try (var _ = TensorScope.open()) {
                                                PeftFolder.read(folder, decoder).close();
                                            }
                                        }));
                assertThat(outcome.soundShare()).isBetween(0.033, 0.933);
            }
        }
    }

    private static void use(Tokenizer tokenizer) {
        for (var text : TEXTS) {
            var ids = tokenizer.encode(text, true);
            tokenizer.encodeTrusted(text, true);
            tokenizer.decode(ids, true);
        }
        tokenizer.encodePair("a", "b");
        var all = new ArrayList<Integer>();
        for (int id = -1; id < Math.min(300, tokenizer.vocabularySize() + 1); id++) {
            all.add(id);
        }
        tokenizer.decode(all.stream().mapToInt(id -> id).toArray(), false);
        assertThat(Json.line(tokenizer.settings().ends())).isNotEmpty();
    }
}
