package dev.sartor.model;

import dev.sartor.core.Problems;

/// How much memory a model takes at a given batch and length, from its sizes alone, as this engine computes: in bf16,
/// attention in blocks of queries, logits in chunks.
///
/// @param batch rows at once
/// @param length tokens of each row
public record MemoryFormulas(ModelShape shape, int batch, int length) {
    private static final int QUERIES = 256;
    private static final int LOGITS_CHUNK = 256;
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
                precision.of(shape), 0, 0, computing(), (long) batch * logit(F32 + BF16), cache());
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

    /// Every weight is trained: bf16 weights and gradients, and in F32 the weights themselves and AdamW's two means.
    public MemoryNeed full() {
        long count = shape.parameters();
        return new MemoryNeed(
                count * BF16,
                count * BF16,
                count * 3 * F32,
                kept(0) + computing(),
                logitsOfTraining(),
                0);
    }

    /// A low-rank adapter is trained on a frozen model in bf16.
    public MemoryNeed lora(int rank) {
        return adapted(rank, WeightPrecision.BF16, 0);
    }

    /// The same on a frozen model in int4, each linear layer unpacked to bf16 while it computes (Dettmers et al. 2023).
    public MemoryNeed qlora(int rank) {
        long largest =
                shape.blocks().stream()
                        .flatMap(b -> b.linears().stream())
                        .mapToLong(l -> (long) l.in() * l.out())
                        .max()
                        .orElse(0);
        return adapted(rank, WeightPrecision.INT4, BF16 * largest);
    }

    /// The adapter stands in F32 twice, as trained and as the best so far, and in bf16 as the network computes with it.
    /// Its gradient is in bf16 and, to be clipped, twice in F32; AdamW's two means have as much again beside them in a step.
    private MemoryNeed adapted(int rank, WeightPrecision precision, long unpacked) {
        long count = shape.adapterParameters(rank);
        return new MemoryNeed(
                precision.of(shape) + count * (2 * F32 + BF16),
                count * (BF16 + 2 * F32),
                count * 4 * F32,
                kept(rank) + computing() + unpacked,
                logitsOfTraining(),
                0);
    }

    /// What the way back needs of each token in every block, in bf16.
    private long kept(int rank) {
        return shape.blocks().stream()
                .mapToLong(
                        b -> (long) BF16 * b.count() * (tokens() * perToken(b, rank) + scores(b)))
                .sum();
    }

    private static long perToken(BlockShape block, int rank) {
        return block.kept() + rank * block.linearCount();
    }

    /// Attention weights: each block of queries with the tokens up to its end.
    private long scores(BlockShape block) {
        long pairs = 0;
        for (int begin = 0; begin < length; begin += QUERIES) {
            int count = Math.min(QUERIES, length - begin);
            pairs += (long) count * (begin + count);
        }
        return pairs * batch * block.scoreHeads();
    }

    /// Logits in bf16, and in F32 their log-softmax, the difference and what multiplying it makes.
    private long logitsOfTraining() {
        return Math.min(tokens(), LOGITS_CHUNK) * logit(BF16 + 3 * F32);
    }

    private long logit(int bytes) {
        return (long) shape.vocabulary() * bytes;
    }
}
