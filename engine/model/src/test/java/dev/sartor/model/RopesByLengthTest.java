package dev.sartor.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.kernel.KvCachePages;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Models whose rope slows down beyond 8 tokens: a short text beside a long one is computed as if it were alone.
class RopesByLengthTest {
    /// Covers sums in another order; the long text's rope changes states by hundredths and more.
    private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);

    private static final int WIDTH = 32;
    private static final int[] LONG = {5, 9, 44, 17, 90, 3, 71, 28, 62, 11, 35, 80};
    private static final int[] SHORT = {9, 44, 12, 60, 7};

    @ParameterizedTest
    @ValueSource(strings = {"phi3-longrope", "llama-dynamic"})
    void aShortRowBesideALongOneIsAsAlone(String name) {
        try (var decoder = Networks.decoder(ReferenceModel.of(name).folder(), DType.F32)) {
            var both =
                    hidden(
                            decoder,
                            joined(LONG, SHORT),
                            () -> RowsPass.ragged(0, new int[] {12, 5}, 0, DType.F32));
            assertRows(decoder, both);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"phi3-longrope", "llama-dynamic"})
    void aShortTextInPagesBesideALongOneIsAsAlone(String name) {
        var spans =
                List.of(
                        KvCachePass.Span.next(new int[] {0}, 0, LONG.length),
                        KvCachePass.Span.next(new int[] {1}, 0, SHORT.length));
        try (var decoder = Networks.decoder(ReferenceModel.of(name).folder(), DType.F32)) {
            var both =
                    Engine.call(() -> {
                        try (var _ = TensorScope.open();
                                var kept =
                                        new KvCachePages(
                                                decoder.layers(),
                                                decoder.groups(),
                                                decoder.headWidth(),
                                                2,
                                                DType.F32)) {
                            var pass = new KvCachePass(kept, spans, DType.F32);
                            var ids = Tensors.indices(joined(LONG, SHORT));
                            return decoder.hidden(ids, pass, Adapters.none()).toFloats();
                        }
                    });
            assertRows(decoder, both);
        }
    }

    @Test
    void aBeginningCanBeSharedWhereAllTextsAreTurnedAlike() {
        try (var decoder =
                Networks.decoder(ReferenceModel.of("phi3-longrope").folder(), DType.F32)) {
            assertThat(decoder.turnsAlike(3, 8)).isTrue();
            assertThat(decoder.turnsAlike(3, 9)).isFalse();
            assertThat(decoder.turnsAlike(9, 50)).isTrue();
        }
        try (var decoder = Networks.decoder(ReferenceModel.of("llama").folder(), DType.F32)) {
            assertThat(decoder.turnsAlike(3, 5000)).isTrue();
        }
    }

    private static void assertRows(Decoder decoder, float[] both) {
        int end = LONG.length * WIDTH;
        assertThat(Arrays.copyOf(both, end)).containsExactly(alone(decoder, LONG), TOLERANCE);
        assertThat(Arrays.copyOfRange(both, end, both.length))
                .containsExactly(alone(decoder, SHORT), TOLERANCE);
    }

    private static float[] alone(Decoder decoder, int[] text) {
        return hidden(decoder, text, () -> RowsPass.of(0, 1, text.length, DType.F32));
    }

    private interface Passes {
        Pass make();
    }

    private static float[] hidden(Decoder decoder, int[] ids, Passes passes) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                return decoder.hidden(Tensors.indices(ids), passes.make(), Adapters.none())
                        .toFloats();
            }
        });
    }

    private static int[] joined(int[] one, int[] other) {
        return IntStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
    }
}
