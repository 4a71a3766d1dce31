package dev.sartor.tune.rank;

import dev.sartor.tensor.group.Exchange;
import dev.sartor.tune.optimiser.Peers;
import java.util.function.Consumer;

/// A sum that several ranks make.
///
/// @param named runs what may fail because of another rank, and names that one
record RankSum(Exchange exchange, Consumer<Runnable> named) implements Peers.Sum {
    @Override
    public void await() {
        named.accept(exchange::await);
    }

    @Override
    public void close() {
        exchange.close();
    }
}
