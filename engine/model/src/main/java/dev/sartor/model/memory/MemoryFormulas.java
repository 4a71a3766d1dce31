package dev.sartor.model.memory;

import dev.sartor.core.Problems;
import dev.sartor.model.PassSize;
import dev.sartor.model.Precision;
import dev.sartor.model.network.RecordedPass;

/// How much memory a model takes at a given batch and length, from its sizes alone, as this engine computes: in bf16,
/// attention in blocks of queries, logits in chunks.
///
/// @param batch rows at once
/// @param length tokens of each row
public record MemoryFormulas(ModelShape shape, int batch, int length) {
    private static final int QUERIES = 256;
    private static final int BF16 = 2;
    private static final int F32 = 4;

    public MemoryFormulas {
        Problems.refuseUnless(batch >= 1, "batch", "at least 1", batch, "rows at once");
        Problems.refuseUnless(
                length >= 1 && length <= shape.context(),
                "length",
                "1 to " + shape.context() + " (the model's context)",
                length,
                "tokens of each row");
    }

    private long tokens() {
        return (long) batch * length;
    }

    /// Answering: the weights, each row's keys and values to its whole length, and one block at work on all tokens.
    public MemoryNeed inference(WeightPrecision precision) {
        return new MemoryNeed(
                precision.of(shape),
                0,
                0,
                computing(),
                (long) batch * logit(F32 + BF16),
                cache(),
                0);
    }

    /// Keys and values; layers with a window keep no more than others here, so that this is the most.
    private long cache() {
        return shape.blocks().stream().mapToLong(b -> b.count() * b.cached()).sum()
                * tokens()
                * BF16;
    }

    private long computing() {
        return shape.blocks().stream()
                .mapToLong(b -> BF16 * tokens() * b.widest() + scoresAtOnce(b))
                .max()
                .orElse(0);
    }

    /// Scores and their softmax, of one block of queries.
    private long scoresAtOnce(BlockShape block) {
        return 2L * BF16 * batch * block.scoreHeads() * Math.min(QUERIES, length) * length;
    }

    private long logit(int bytes) {
        return (long) shape.vocabulary() * bytes;
    }

    /// Every weight is trained, in bf16.
    public MemoryNeed full() {
        return step(
                Precision.BF16,
                new StepMemory.Trained.Whole(
                        shape.parameters(), shape.blockCount(), shape.vocabulary() > 0));
    }

    /// A low-rank adapter is trained on a frozen model in bf16.
    public MemoryNeed lora(int rank) {
        return step(Precision.BF16, adapter(rank));
    }

    /// The same on a frozen model in int4, each linear layer unpacked to bf16 while it computes (Dettmers et al. 2023).
    public MemoryNeed qlora(int rank) {
        return step(Precision.INT4, adapter(rank));
    }

    private StepMemory.Trained adapter(int rank) {
        return new StepMemory.Trained.Adapter(
                shape.adapterParameters(rank), shape.blockCount(), rank, true, false);
    }

    /// Every token is learned.
    private MemoryNeed step(Precision held, StepMemory.Trained trained) {
        var pass = PassSize.of(batch, length);
        return new StepMemory(
                        shape,
                        held,
                        trained,
                        StepMemory.EXACT_STATE,
                        new StepMemory.Head(shape.vocabulary(), 0),
                        1)
                .need(
                        shape.blocks().stream().map(_ -> pass).toList(),
                        RecordedPass.Kept.EVERYTHING);
    }
}
