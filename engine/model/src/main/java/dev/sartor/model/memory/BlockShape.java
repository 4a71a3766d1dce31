package dev.sartor.model.memory;

import java.util.List;

/// The sizes of one kind of transformer block, as far as memory depends on them.
///
/// @param count how many of them stand on each other
/// @param linears its linear layers
/// @param others values outside of the linear layers' weights: biases, norms
/// @param scoreHeads attention scores of each token with each token it may see
/// @param cached values that decoding keeps of each token: keys and values; 0 where nothing is decoded
/// @param kept what training keeps of each token for the way back
/// @param widest values of each token that the block holds at once while it computes
public record BlockShape(
        int count,
        List<LinearShape> linears,
        long others,
        int scoreHeads,
        long cached,
        Kept kept,
        long widest) {
    /// Values of each token that stay until the way back, attention's own and adapters' not among them.
    ///
    /// @param recorded what libtorch's operators save
    /// @param wide of them in F32 whatever the network computes in: libtorch's root-mean-square norm turns its input to it
    /// @param byHand what a {@link FusedBlock} keeps; 0 where the block is of another form
    /// @param queries values of a token's queries; likewise `keys`, which are as many as the values
    /// @param flowing values of a token whose gradients the feed-forward layer holds at once
    public record Kept(
            long recorded, long wide, long byHand, long queries, long keys, long flowing) {}

    public BlockShape {
        linears = List.copyOf(linears);
    }

    /// Of all of them.
    long weights() {
        return count * linears.stream().mapToLong(LinearShape::weights).sum();
    }

    /// Of all of them.
    long parameters() {
        return weights() + count * others;
    }

    /// Of low-rank pairs on every linear layer of all of them.
    long adapted(int rank) {
        return count * linears.stream().mapToLong(l -> l.adapted(rank)).sum();
    }

    long linearCount() {
        return linears.stream().mapToLong(LinearShape::times).sum();
    }

    /// Values of a token that all linear layers give.
    long outputs() {
        return linears.stream().mapToLong(l -> (long) l.out() * l.times()).sum();
    }
}
