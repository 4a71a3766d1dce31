package dev.sartor.tune.optimiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tune.TuneOptimiser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeersTest {
    @Test
    void theirPartsAreAnArrayAndBeginAtBlocks() {
        for (int count = 1; count <= 9; count++) {
            var peers = new ImaginedPeers(0, count);
            for (long length : new long[] {1, 255, 256, 257, 5000, 100_001}) {
                assertThat(peers.from(length, 0)).isZero();
                assertThat(peers.from(length, count)).isEqualTo(length);
                for (int rank = 1; rank < count; rank++) {
                    long from = peers.from(length, rank);
                    assertThat(from).isBetween(peers.from(length, rank - 1), length);
                    assertThat(from % 256 == 0 || from == length).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TuneOptimiser.class)
    void eachOfTwoHoldsHalfOfTheOptimisersState(TuneOptimiser kind) {
        long alone = bytes(kind, Peers.none());
        long first = bytes(kind, new ImaginedPeers(0, 2));
        long second = bytes(kind, new ImaginedPeers(1, 2));
        assertThat(first + second).isEqualTo(alone);
        assertThat((double) Math.max(first, second) / alone).isLessThan(0.51);
    }

    /// Of two arrays, one of which has no whole number of blocks.
    private static long bytes(TuneOptimiser kind, Peers peers) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open();
                    var optimiser =
                            new AdamW(List.of(array(100_000), array(70_001)), kind, 0, peers)) {
                return optimiser.stateBytes();
            }
        });
    }

    private static Parameters array(long count) {
        var values = Tensors.zeros(DType.F32, count);
        return new Parameters(values, values, Tensors.zeros(DType.F32, count), true);
    }
}
