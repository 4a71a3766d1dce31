package dev.sartor.tune.optimiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tune.optimiser.ImaginedPeers.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientSumsTest {
    /// Of 16,000 parameters together: buckets of 1024.
    private static final int FIRST = 10_000;

    private static final int ALL = 16_000;

    @Test
    void aBucketsSumBeginsOnceAllOfItIsComplete() {
        var peers = new ImaginedPeers(0, 2);
        with(
                peers,
                DType.F32,
                sums -> {
                    sums.completeFrom(ALL);
                    assertThat(peers.begun()).isEmpty();
                    sums.completeFrom(FIRST);
                    assertThat(peers.begun()).hasSize(6);
                    sums.completeFrom(9217);
                    assertThat(peers.begun()).hasSize(6);
                    sums.completeFrom(9216);
                    assertThat(peers.begun()).hasSize(7);
                    assertThat(peers.times(Asked.SUM_AWAITED)).isZero();
                });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theirOrderIsTheSameWhateverIsCompleteWhen(long seed) {
        var late = new ImaginedPeers(1, 2);
        with(late, DType.F32, GradientSums::finish);
        var early = new ImaginedPeers(0, 2);
        with(
                early,
                DType.F32,
                sums -> {
                    new Random(seed)
                            .longs(9, 0, ALL)
                            .boxed()
                            .sorted((a, b) -> Long.compare(b, a))
                            .forEach(sums::completeFrom);
                    sums.finish();
                });
        assertThat(early.begun()).hasSize(late.begun().size()).hasSize(16);
        for (int i = 0; i < early.begun().size(); i++) {
            assertThat(early.begun().get(i)).isEqualTo(late.begun().get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"F32", "BF16"})
    void allGradientsBecomeSumsAndFewAreUnderWayAtOnce(String type) {
        var peers = new ImaginedPeers(0, 3);
        with(peers, DType.valueOf(type), GradientSums::finish);
        int underWay = 0;
        for (var each : peers.told()) {
            underWay += each == Asked.SUM_BEGUN ? 1 : each == Asked.SUM_CLOSED ? -1 : 0;
            assertThat(underWay).isBetween(0, GradientSums.UNDER_WAY);
        }
        assertThat(underWay).isZero();
        assertThat(peers.times(Asked.SUM_AWAITED)).isEqualTo(16);
    }

    @Test
    void whatIsUnderWayIsForgottenWhenAStepFails() {
        var peers = new ImaginedPeers(0, 2);
        with(peers, DType.BF16, sums -> sums.completeFrom(FIRST));
        assertThat(peers.times(Asked.SUM_AWAITED)).isZero();
        assertThat(peers.times(Asked.SUM_CLOSED)).isEqualTo(6);
    }

    /// Two arrays whose gradients are small whole numbers, so that sums are exact in BF16, too; those that were summed are checked.
    private static void with(ImaginedPeers peers, DType type, Consumer<GradientSums> use) {
        Engine.run(() -> {
            try (var _ = TensorScope.open()) {
                var whole = IntStream.range(0, ALL).mapToObj(i -> (float) (i / 100 % 50)).toList();
                var arrays = List.of(array(whole, 0, FIRST, type), array(whole, FIRST, ALL, type));
                try (var sums = new GradientSums(arrays, peers)) {
                    use.accept(sums);
                }
                if (peers.times(Asked.SUM_AWAITED) == 16) {
                    var summed = new ArrayList<Float>();
                    arrays.forEach(each -> summed.addAll(values(each.gradient())));
                    assertThat(summed)
                            .isEqualTo(whole.stream().map(value -> value * peers.count()).toList());
                }
            }
        });
    }

    private static Parameters array(List<Float> whole, int from, int to, DType type) {
        var values = new float[to - from];
        for (int i = from; i < to; i++) {
            values[i - from] = whole.get(i);
        }
        var master = Tensors.zeros(DType.F32, values.length);
        return new Parameters(master, master, Tensors.of(values, values.length).to(type), true);
    }

    private static List<Float> values(Tensor tensor) {
        var floats = tensor.to(DType.F32).toFloats();
        return IntStream.range(0, floats.length).mapToObj(i -> floats[i]).toList();
    }
}
