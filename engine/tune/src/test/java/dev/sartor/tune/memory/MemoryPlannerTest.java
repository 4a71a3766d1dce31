package dev.sartor.tune.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.model.Precision;
import dev.sartor.model.file.Networks;
import dev.sartor.model.memory.StepMemory;
import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tune.Reference;
import dev.sartor.tune.Told;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TuneOptimiser;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.objective.CausalLmObjective;
import dev.sartor.tune.objective.Untrained;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemoryPlannerTest {
    private static final TuneSettings SETTINGS = TuneSettings.usual().withBatch(512).withEpochs(1);

    private final Decoder decoder = Networks.decoder(Reference.model("llama"), DType.F32);
    private final List<TrainingRow> rows = rows();

    @AfterAll
    void free() {
        decoder.close();
    }

    /// 1,024 rows of 20 to 100 tokens.
    private static List<TrainingRow> rows() {
        var random = new Random(5);
        return IntStream.range(0, 1024)
                .mapToObj(_ ->
                        TrainingRow.text(random.ints(random.nextInt(20, 101), 0, 60).toArray()))
                .toList();
    }

    private MemoryPlanner<TrainingRow> planner(TuneSettings settings, OptionalLong allowed) {
        return planner(settings, allowed, 1);
    }

    private MemoryPlanner<TrainingRow> planner(
            TuneSettings settings, OptionalLong allowed, int ranks) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var objective =
                        new CausalLmObjective(decoder, new Untrained(), settings.kept(), true);
                return new MemoryPlanner<>(
                        rows,
                        settings,
                        objective,
                        TrainingMemory.of(decoder, settings, objective, ranks),
                        0,
                        allowed);
            }
        });
    }

    private MemoryPlanner<TrainingRow> planner(long allowed) {
        return planner(SETTINGS, OptionalLong.of(allowed));
    }

    private long asSet() {
        return planner(Long.MAX_VALUE >> 20).asSet().neededMib();
    }

    private long again() {
        return planner(SETTINGS.withGradientCheckpointing(true), OptionalLong.empty())
                .asSet()
                .neededMib();
    }

    @Test
    void whatFitsIsLeftAsItIsSet() {
        var plan = planner(asSet()).fitting();
        assertThat(plan.passes()).isEqualTo(SETTINGS.passes());
        assertThat(plan.tokens()).isBetween(15_000L, 16_384L);
    }

    @Test
    void ofSeveralRanksEachHasItsPartOfTheStateAndOfTheRows() {
        var alone = planner(SETTINGS, OptionalLong.empty(), 1).asSet();
        var divided = planner(SETTINGS, OptionalLong.empty(), 4).asSet();
        assertThat(divided.need().optimiser()).isEqualTo(alone.need().optimiser() / 4);
        assertThat(divided.need().gradients()).isEqualTo(alone.need().gradients());
        assertThat(divided.tokens()).isBetween(7_000L, 8_500L);
    }

    @Test
    void whatDoesNotFitIsComputedAgainAndThenInSmallerPasses() {
        assertThat(again()).isLessThan(asSet());
        var recomputing = planner(asSet() - 1).fitting();
        assertThat(recomputing.passes().gradientCheckpointing()).isTrue();
        assertThat(recomputing.passes().microBatchTokens()).isEqualTo(16_384);
        var smaller = planner(again() - 1).fitting();
        assertThat(smaller.fits()).isTrue();
        assertThat(smaller.passes().gradientCheckpointing()).isTrue();
        assertThat(smaller.passes().microBatchTokens()).isLessThan(16_384);
    }

    @Test
    void whatTheUserChoseStaysAndTheErrorNamesWhatWouldFit() {
        var chosen = SETTINGS.withGradientCheckpointing(false).withMicroBatchTokens(8192);
        long needed = planner(chosen, OptionalLong.empty()).asSet().neededMib();
        var planner = planner(chosen, OptionalLong.of(needed - 1));
        assertThat(planner.fitting().fits()).isFalse();
        assertThat(planner.fitting().passes()).isEqualTo(chosen.passes());
        assertThat(planner.advice())
                .contains("tune.gradient_checkpointing: true and tune.micro_batch_tokens: 8192");
    }

    @Test
    void theLargestBatchIsTheLastThatFits() {
        long allowed = asSet() / 2 + 300;
        var plan = planner(allowed);
        int batch = plan.withLargestBatch(plan.fitting()).largestBatch().orElseThrow();
        var whole =
                SETTINGS.withGradientCheckpointing(false).withMicroBatchTokens(Integer.MAX_VALUE);
        assertThat(planner(whole.withBatch(batch), OptionalLong.empty()).asSet().neededMib())
                .isLessThanOrEqualTo(allowed);
        assertThat(planner(whole.withBatch(batch + 8), OptionalLong.empty()).asSet().neededMib())
                .isGreaterThan(allowed - 2);
    }

    @Test
    void theLargestNumberIsFoundByHalving() {
        assertThat(MemoryPlanner.largest(100, n -> n <= 37)).isEqualTo(OptionalInt.of(37));
        assertThat(MemoryPlanner.largest(100, n -> n <= 1000)).isEqualTo(OptionalInt.of(100));
        assertThat(MemoryPlanner.largest(100, n -> n < 1)).isEmpty();
    }

    @Test
    void aTrainingThatGoesOnTakesThePassesThatItBeganWith(@TempDir Path folder) {
        var said = new ArrayList<String>();
        var progress = new Told(said);
        var chosen = MemoryChoice.made(folder, "a", planner(asSet() - 1), false, progress);
        assertThat(chosen.gradientCheckpointing()).isTrue();
        assertThat(said.getFirst())
                .contains(
                        "blocks are computed again on the way back (gradient_checkpointing: true)");
        assertThat(Files.exists(folder.resolve("memory.json"))).isTrue();
        assertThat(MemoryChoice.made(folder, "a", planner(100_000), true, progress))
                .isEqualTo(chosen);
        assertThat(MemoryChoice.made(folder, "b", planner(100_000), true, progress))
                .isEqualTo(SETTINGS.passes());
    }

    @Test
    void aTrainingThatRepeatsAnotherTakesItsPassesWhereTheyFit(@TempDir Path folder) {
        var said = new ArrayList<String>();
        var first = folder.resolve("first");
        var chosen = MemoryChoice.made(first, "a", planner(asSet() - 1), false, Progress.silent());
        var second = folder.resolve("second");
        MemoryChoice.take(first, second);
        assertThat(MemoryChoice.made(second, "a", planner(100_000), false, new Told(said)))
                .isEqualTo(chosen)
                .isNotEqualTo(SETTINGS.passes());
        assertThat(said).isEmpty();
        var third = folder.resolve("third");
        MemoryChoice.take(first, third);
        MemoryChoice.made(third, "a", planner(again() - 1), false, new Told(said));
        assertThat(said.getFirst()).contains("chosen before").contains("others are taken");
        MemoryChoice.take(folder.resolve("none"), folder.resolve("fourth"));
        assertThat(folder.resolve("fourth")).doesNotExist();
    }

    @Test
    void whereTheStateIsWhatDoesNotFitEightBitsAreAdvised() {
        var small = planner(SETTINGS.withBatch(1), OptionalLong.empty());
        var whole = new StepMemory.Trained.Whole(500_000_000, 2, true);
        var memory =
                new StepMemory(
                        small.memory().shape(),
                        Precision.F32,
                        whole,
                        TuneOptimiser.ADAMW.bytes(),
                        small.memory().head(),
                        1);
        var exact =
                new MemoryPlanner<>(
                        rows, small.settings(), small.objective(), memory, 0, OptionalLong.empty());
        var planner =
                new MemoryPlanner<>(
                        rows,
                        small.settings(),
                        small.objective(),
                        memory,
                        0,
                        OptionalLong.of(exact.asSet().neededMib() - 1000));
        assertThat(planner.fitting().fits()).isFalse();
        assertThat(planner.advice()).contains("tune.optimiser: adamw-8bit");
    }

    @Test
    void whatFitsInNoWayIsRefused(@TempDir Path folder) {
        assertThatThrownBy(() ->
                        MemoryChoice.made(folder, "a", planner(100), false, Progress.silent()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("the process may hold 100: free some memory");
        assertThat(folder).isEmptyDirectory();
    }
}
