package dev.sartor.model.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.model.PassSize;
import dev.sartor.model.RowsPass;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.file.ModelShapes;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.model.network.RecordedPass;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.weights.LiveMemory;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a pass really keeps, byte by byte as the C library tells it, against the formula.
class PassMemoryTest {
    private static final int ROWS = 120;

    /// The median counts: the first pass makes what stays, and the compiler takes memory meanwhile.
    private static final int TIMES = 15;

    /// @param length of rows; 0 for rows of several lengths
    @ParameterizedTest
    @CsvSource({
        "llama/lora, hand, 40, 0, BF16",
        "llama/lora, hand, 40, 24, BF16",
        "llama/lora, hand, 0, 24, BF16",
        "llama/lora, hand, 60, 0, F32",
        "qwen3/lora, hand, 40, 24, BF16",
        "llama/lora, recorded, 40, 0, BF16",
        "llama/lora, recorded, 0, 24, BF16",
        "llama/lora, recorded, 40, 24, F32",
        "llama/dora, recorded, 40, 0, BF16",
        "gemma3/lora, recorded, 40, 0, BF16",
        "gpt2/lora, recorded, 40, 0, BF16"
    })
    void aPassKeepsWhatTheFormulaSays(String name, String way, int length, int prefix, DType type) {
        boolean hand = way.equals("hand");
        var lengths = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            lengths[i] = length > 0 ? length : 20 + 3 * i % 40;
        }
        var found = Engine.call(() -> kept(name, hand, lengths, prefix, type));
        long tokens = (long) prefix + Arrays.stream(lengths).sum();
        int longest = Arrays.stream(lengths).max().orElseThrow();
        var pass = new PassSize(prefix, ROWS, longest, 0, tokens, 0);
        var shape = ModelShapes.ofFiles(folder(name));
        var block = shape.blocks().getFirst();
        var memory = new PassMemory(block, pass, type.bytes());
        long low = found.rank() * block.linearCount();
        long expected =
                block.count()
                        * (hand
                                ? memory.byHand(low)
                                : memory.recorded(
                                        low + (name.endsWith("dora") ? block.outputs() : 0),
                                        false));
        long states = 2 * tokens * shape.width() * type.bytes();
        assertThat(found.bytes()).isCloseTo(expected + states, Percentage.withPercentage(10));
    }

    private record Found(long bytes, int rank) {}

    private static Found kept(String name, boolean hand, int[] lengths, int prefix, DType type) {
        try (var decoder = Networks.decoder(folder(name), type);
                var _ = TensorScope.open();
                var read = PeftFolder.read(folder(name).resolve(variant(name)), decoder);
                var adapter = read.copiedTo(type)) {
            adapter.trainWith(Tensors.zeros(type, adapter.layout().parameters()));
            var found = new long[TIMES];
            for (int again = 0; again < TIMES; again++) {
                try (var _ = TensorScope.open()) {
                    var ids = Tensors.indices(new int[prefix + Arrays.stream(lengths).sum()]);
                    var rows = RowsPass.ragged(prefix, lengths, 0, type);
                    long before = LiveMemory.bytes();
                    var kept = RecordedPass.Kept.EVERYTHING;
                    var pass =
                            hand
                                    ? decoder.recorded(ids, rows, adapter, kept)
                                    : decoder.recordedWhole(ids, rows, adapter, kept);
                    found[again] = LiveMemory.bytes() - before;
                    pass.backward(Tensors.zeros(type, pass.hidden().shape()));
                }
            }
            Arrays.sort(found);
            return new Found(found[TIMES / 2], rank(adapter));
        }
    }

    private static int rank(LoraAdapter adapter) {
        return adapter.layout().parts().getFirst().rank();
    }

    private static Path folder(String name) {
        return Path.of("src/test/resources/reference", name.substring(0, name.indexOf('/')));
    }

    private static String variant(String name) {
        return name.substring(name.indexOf('/') + 1);
    }
}
