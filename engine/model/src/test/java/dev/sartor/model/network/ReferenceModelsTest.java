package dev.sartor.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.model.Adapters;
import dev.sartor.model.KvCachePass;
import dev.sartor.model.ReferenceModel;
import dev.sartor.model.RowsPass;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.file.Networks;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.kernel.KvCachePages;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What transformers and PEFT compute in fp32, computed here.
class ReferenceModelsTest {
    /// Covers sums in another order.
    private static final Offset<Float> TOLERANCE = Offset.offset(2e-4f);

    private record Shape(int prefix, int rows, int length) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama",
                "mistral-window",
                "qwen3-moe",
                "gemma2",
                "gemma3-scaled",
                "gpt2",
                "gpt-neox"
            })
    void aSharedPrefixChangesNothing(String name) {
        var model = ReferenceModel.of(name);
        int[] prefix = {5, 9, 44, 17, 90};
        try (var decoder = Networks.decoder(model.folder(), DType.F32);
                var adapter = read(model.folder().resolve("lora"), decoder)) {
            for (int[] row : model.ids()) {
                var whole = joined(prefix, row);
                var alone = hidden(decoder, whole, new Shape(0, 1, whole.length), adapter);
                var shared =
                        hidden(
                                decoder,
                                joined(whole, row),
                                new Shape(prefix.length, 2, row.length),
                                adapter);
                assertThat(Arrays.copyOf(shared, alone.length)).containsExactly(alone, TOLERANCE);
                int begin = prefix.length * (alone.length / whole.length);
                var first = Arrays.copyOfRange(shared, begin, alone.length);
                assertThat(Arrays.copyOfRange(shared, alone.length, shared.length))
                        .containsExactly(first, TOLERANCE);
            }
        }
    }

    @Test
    void rowsOfDifferentLengthsAreEachAsAlone() {
        var model = ReferenceModel.of("llama");
        int[] prefix = {5, 9, 44, 17, 90};
        int[] filler = {3, 3, 3};
        int[] one = model.ids()[0];
        int[] other = Arrays.copyOf(model.ids()[1], 4);
        try (var decoder = Networks.decoder(model.folder(), DType.F32);
                var adapter = read(model.folder().resolve("lora"), decoder)) {
            var both =
                    Engine.call(() -> {
                        try (var _ = TensorScope.open()) {
                            var pass = RowsPass.ragged(5, new int[] {one.length, 4}, 3, DType.F32);
                            var ids = joined(joined(prefix, one), joined(other, filler));
                            return decoder.hidden(Tensors.indices(ids), pass, adapter).toFloats();
                        }
                    });
            var first =
                    hidden(decoder, joined(prefix, one), new Shape(0, 1, 5 + one.length), adapter);
            var second = hidden(decoder, joined(prefix, other), new Shape(0, 1, 9), adapter);
            int width = 32;
            assertThat(Arrays.copyOf(both, first.length)).containsExactly(first, TOLERANCE);
            assertThat(Arrays.copyOfRange(both, first.length, first.length + 4 * width))
                    .containsExactly(Arrays.copyOfRange(second, 5 * width, 9 * width), TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 7})
    void stepsOverPagesGiveTheGreedyTokensOfTransformers(int piece) {
        var model = ReferenceModel.of("llama");
        var expected = model.greedy();
        var prompt = model.ids()[0];
        try (var decoder = Networks.decoder(model.folder(), DType.F32)) {
            var generated =
                    Engine.call(
                            () -> greedy(decoder, prompt, piece, expected.length - prompt.length));
            assertThat(generated).isEqualTo(expected);
        }
    }

    @Test
    void anAdapterSurvivesWritingAndReading(@TempDir Path folder) {
        var model = ReferenceModel.of("llama");
        try (var decoder = Networks.decoder(model.folder(), DType.F32);
                var adapter = read(model.folder().resolve("lora"), decoder)) {
            Engine.run(() ->
                    PeftFolder.write(
                            folder, adapter, new PeftFolder.Origin("tiny", "CAUSAL_LM", 0)));
            try (var again = read(folder, decoder)) {
                assertClose(model, logits(decoder, model, again), model.logitsWith("lora"));
            }
        }
    }

    @Test
    void anAdapterForAnotherModelNamesTheFirstLayerThatDoesNotFit() {
        var model = ReferenceModel.of("llama");
        try (var decoder = Networks.decoder(model.folder(), DType.F32)) {
            var other = ReferenceModel.of("bert-masked-lm").folder().resolve("lora");
            assertThatThrownBy(() -> read(other, decoder))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("is for another model")
                    .hasMessageContaining("bert.encoder.layer.0");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFreshAdapterChangesNothing(boolean dora) {
        var model = ReferenceModel.of("llama");
        var targets =
                LoraTargets.of(new ModuleNames.Listed(List.of("q_proj", "up_proj", "o_proj")))
                        .saving(List.of("lm_head", "embed_tokens", "k_proj"));
        var plain = LoraSettings.plain(targets, LoraRanks.of(3, 6));
        var settings = dora ? plain.withMagnitudes() : plain;
        try (var decoder = Networks.decoder(model.folder(), DType.F32);
                var adapter =
                        Engine.call(() -> {
                            try (var _ = TensorScope.open()) {
                                return LoraAdapter.fresh(
                                        LoraLayout.of(decoder, settings), new Random(1));
                            }
                        })) {
            assertThat(adapter.layout().pieces())
                    .containsKey("base_model.model.model.layers.1.self_attn.k_proj.weight");
            assertClose(model, logits(decoder, model, adapter), model.logits());
        }
    }

    private static int[] joined(int[] one, int[] other) {
        return IntStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
    }

    private static float[] hidden(Decoder decoder, int[] ids, Shape shape, LoraAdapter adapter) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var pass = RowsPass.of(shape.prefix(), shape.rows(), shape.length(), DType.F32);
                return decoder.hidden(Tensors.indices(ids), pass, adapter).toFloats();
            }
        });
    }

    /// The prompt in pieces, then a token at a time.
    private static int[] greedy(Decoder decoder, int[] prompt, int piece, int steps) {
        var tokens = Arrays.copyOf(prompt, prompt.length + steps);
        int[] pages = {3, 0, 2};
        try (var kept =
                new KvCachePages(
                        decoder.layers(), decoder.groups(), decoder.headWidth(), 4, DType.F32)) {
            int known = prompt.length;
            for (int computed = 0; known < tokens.length; ) {
                int count = Math.min(piece, known - computed);
                try (var _ = TensorScope.open()) {
                    var span = KvCachePass.Span.next(pages, computed, count);
                    var pass = new KvCachePass(kept, List.of(span), DType.F32);
                    var ids = Arrays.copyOfRange(tokens, computed, computed + count);
                    var hidden = decoder.hidden(Tensors.indices(ids), pass, Adapters.none());
                    var last = decoder.logits(hidden.slice(0, count - 1L, 1), Adapters.none());
                    computed += count;
                    if (computed == known) {
                        tokens[known++] = (int) last.argmax(-1).item();
                    }
                }
            }
        }
        return tokens;
    }

    private static LoraAdapter read(Path folder, Network network) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                return PeftFolder.read(folder, network);
            }
        });
    }

    private static float[] logits(Decoder decoder, ReferenceModel model, Adapters adapters) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var ids = model.ids();
                var flat =
                        Tensors.indices(Arrays.stream(ids).flatMapToInt(Arrays::stream).toArray());
                int length = ids[0].length;
                var pass = RowsPass.of(0, ids.length, length, DType.F32);
                return decoder.logits(decoder.hidden(flat, pass, adapters), adapters).toFloats();
            }
        });
    }

    /// Padding's own logits are compared with nothing: nobody reads them.
    private static void assertClose(ReferenceModel model, float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        var lengths = model.lengths();
        int length = model.ids()[0].length;
        int width = expected.length / lengths.length / length;
        for (int row = 0; row < lengths.length; row++) {
            int from = row * length * width;
            int to = from + lengths[row] * width;
            assertThat(Arrays.copyOfRange(actual, from, to))
                    .containsExactly(Arrays.copyOfRange(expected, from, to), TOLERANCE);
        }
    }
}
