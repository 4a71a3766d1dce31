package dev.sartor.tune.objective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.RecordedPass.Kept;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tune.PreferenceRow;
import dev.sartor.tune.Reference;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.optimiser.ImaginedPeers;
import dev.sartor.tune.optimiser.ImaginedPeers.Asked;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// When gradients are summed over ranks, and which.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverlappedSumsTest {
    private static final TuneMethod LORA = TuneMethod.Lora.of(16, 32);
    private final Decoder decoder = Networks.decoder(Reference.model("llama"), DType.F32);
    private final List<TrainingRow> rows = rows(8);

    @AfterAll
    void free() {
        decoder.close();
    }

    @Test
    void sumsBeginDuringTheBackwardPassOfAnAdapterOnBlocksOfLlamasForm() {
        var peers = new ImaginedPeers(0, 2);
        gradients(peers, LORA, 4096, this::texts, rows);
        assertThat(peers.begun()).hasSize(16);
        // Rank 0 asks for the losses once its backward pass is over.
        assertThat(begunDuringBackward(peers)).isEqualTo(16);
        var early = peers.told().indexOf(Asked.SUM_AWAITED);
        assertThat(early).isBetween(1, 9);
    }

    @Test
    void sumsOfPreferencesDoSoToo() {
        var peers = new ImaginedPeers(0, 2);
        var pairs =
                IntStream.range(0, 4)
                        .mapToObj(i -> new PreferenceRow(rows.get(i), rows.get(i + 4)))
                        .toList();
        gradients(
                peers,
                LORA,
                4096,
                trained -> new DpoObjective(decoder, trained, Kept.EVERYTHING, .1),
                pairs);
        assertThat(begunDuringBackward(peers)).isEqualTo(16);
    }

    @Test
    void ofSeveralPassesTheLastOnesGradientsAreSummedAlone() {
        var peers = new ImaginedPeers(0, 2);
        var sums = gradients(peers, LORA, 24, this::texts, rows);
        assertThat(begunDuringBackward(peers)).isEqualTo(16);
        int end = sums.length;
        for (var begun : peers.begun()) {
            for (int i = 0; i < begun.length; i++) {
                assertThat(sums[end - begun.length + i]).isEqualTo(2 * begun[i]);
            }
            end -= begun.length;
        }
        assertThat(end).isZero();
    }

    @Test
    void aRankWithoutRowsTakesPartInTheSameBuckets() {
        var one = rows.subList(0, 1);
        var busy = new ImaginedPeers(0, 2);
        gradients(busy, LORA, 4096, this::texts, one);
        var idle = new ImaginedPeers(1, 2);
        var sums = gradients(idle, LORA, 4096, this::texts, one);
        assertThat(sums).containsOnly(0);
        assertThat(lengths(idle)).isEqualTo(lengths(busy));
        assertThat(begunDuringBackward(idle)).isZero();
    }

    @Test
    void sumsOfAWholeNetworkBeginAfterIt() {
        var peers = new ImaginedPeers(0, 2);
        gradients(peers, TuneMethod.Full.everything(), 4096, this::texts, rows);
        assertThat(begunDuringBackward(peers)).isZero();
        assertThat(peers.begun()).hasSizeGreaterThan(16);
    }

    private static List<Integer> lengths(ImaginedPeers peers) {
        return peers.begun().stream().map(each -> each.length).toList();
    }

    private static long begunDuringBackward(ImaginedPeers peers) {
        int loss = peers.told().indexOf(Asked.LOSS);
        assertThat(loss).isNotNegative();
        return peers.told().stream().limit(loss).filter(each -> each == Asked.SUM_BEGUN).count();
    }

    private Objective<TrainingRow> texts(Trainable trained) {
        return new CausalLmObjective(decoder, trained, Kept.EVERYTHING, true);
    }

    /// Of one step, summed.
    private <R> float[] gradients(
            ImaginedPeers peers,
            TuneMethod method,
            int microBatchTokens,
            Function<Trainable, Objective<R>> objective,
            List<R> step) {
        var settings =
                TuneSettings.usual()
                        .with(method)
                        .with(new TuneSettings.Passes(microBatchTokens, false, false, false));
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var trained =
                        switch (method) {
                            case TuneMethod.Lora lora ->
                                    TrainedAdapter.fresh(decoder, lora, new Random(1));
                            case TuneMethod.Full full -> new TrainedNetwork(decoder, full);
                        };
                try (var learner =
                        new Learner<>(
                                trained,
                                objective.apply(trained),
                                settings,
                                peers,
                                Optional.empty())) {
                    learner.gradients(step);
                    return learner.trained().parameters().getFirst().gradient().toFloats();
                }
            }
        });
    }

    private static List<TrainingRow> rows(int count) {
        var random = new Random(3);
        return IntStream.range(0, count)
                .mapToObj(i -> random.ints(8 + i, 3, 90).toArray())
                .map(ids -> TrainingRow.answer(ids, 3))
                .toList();
    }
}
