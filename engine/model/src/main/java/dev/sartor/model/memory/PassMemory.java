package dev.sartor.model.memory;

import dev.sartor.model.PassSize;

/// What one block holds of one pass, in bytes.
///
/// @param block its sizes
/// @param pass what goes through it
/// @param bytes of a value as the network computes: 2 in bf16, 4 in F32
record PassMemory(BlockShape block, PassSize pass, int bytes) {
    /// Queries of one piece of causal attention, see {@link Heads}.
    private static final int PIECE = 256;

    private static final int F32 = 4;

    /// What attention keeps for the way back: queries, keys and values once in the heads' order, and the weights after the
    /// softmax. Queries that meet a shared prefix are kept a second time, scaled, and so are their weights with it.
    long attention() {
        return bytes
                * (of(pass.rows(), pass.length(), (long) pass.prefix() + pass.seen())
                        + (pass.prefix() > 0 ? of(1, pass.prefix(), 0) : 0));
    }

    /// @param before tokens that each row sees before its own
    private long of(long rows, long length, long before) {
        var kept = block.kept();
        long heads = block.scoreHeads();
        long values = 0;
        for (long start = 0; start < length; start += step(length)) {
            long count = Math.min(step(length), length - start);
            long end = block.cached() > 0 ? start + count : length;
            boolean shared = before > 0 && pass.prefix() > 0;
            values +=
                    rows * count * kept.queries() * (shared ? 2 : 1)
                            + rows * (end + (shared ? 0 : before)) * 2 * kept.keys()
                            + rows * count * heads * (end + before * (shared ? 2 : 1));
        }
        return values;
    }

    /// Only what goes on with a text is computed in pieces that matter here: each with the keys up to its end.
    private long step(long length) {
        return block.cached() > 0 && length > PIECE ? PIECE : length;
    }

    /// What is recorded by libtorch's operators.
    ///
    /// @param lowRank values of a token that low-rank matrices add
    /// @param weights whether the norms' weights are trained, whose gradients need what they multiply
    long recorded(long lowRank, boolean weights) {
        var kept = block.kept();
        return pass.tokens()
                        * (bytes * (kept.recorded() + lowRank)
                                + wide() * kept.wide()
                                + (weights ? F32 * kept.wide() : 0))
                + attention();
    }

    /// Bytes of a value that libtorch's root-mean-square norm keeps: in F32, and once more where it turned it back.
    private int wide() {
        return bytes == F32 ? F32 : F32 + bytes;
    }

    /// What a {@link FusedBlock} keeps: beside its states two scales of each token's norms, in F32.
    long byHand(long lowRank) {
        return pass.tokens() * (bytes * (block.kept().byHand() + lowRank) + 2 * F32) + attention();
    }

    /// What the block's way back holds at once: in the feed-forward layer the gradient of both its halves and of what they
    /// make; in attention those of the weights, of the scores, and of queries, keys and values in two orders.
    long back() {
        var kept = block.kept();
        long inner = pass.tokens() * kept.flowing();
        long seen = (long) pass.prefix() + pass.seen() + pass.length();
        long attention =
                2
                                * Math.min(pass.length(), step(pass.length()))
                                * pass.rows()
                                * block.scoreHeads()
                                * seen
                        + 2 * pass.places() * (kept.queries() + 2 * kept.keys());
        return bytes * Math.max(inner, attention);
    }
}
