package dev.sartor.model;

import java.util.List;

/// The sizes of one kind of transformer block, as far as memory depends on them.
///
/// @param count how many of them stand on each other
/// @param linears its linear layers
/// @param others values outside of the linear layers' weights: biases, norms
/// @param scoreHeads attention scores of each token with each token it may see
/// @param cached values that decoding keeps of each token: keys and values; 0 where nothing is decoded
/// @param kept values that training keeps of each token for the way back, attention scores and adapters not among them
/// @param widest values of each token that the block holds at once while it computes
record BlockShape(
        int count,
        List<LinearShape> linears,
        long others,
        int scoreHeads,
        long cached,
        long kept,
        long widest) {
    BlockShape {
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
}
