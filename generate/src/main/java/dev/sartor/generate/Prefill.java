package dev.sartor.generate;

import dev.sartor.model.Adapters;
import dev.sartor.model.CachedPass;
import dev.sartor.model.Decoder;
import dev.sartor.model.KeyValueCache;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.List;

/// Prompts of a batch, computed: their keys and values, and what may come next. Closing frees them.
final class Prefill implements AutoCloseable {
    private final TensorScope owner = TensorScope.owner();
    private final SharedPrefix shared;
    private final KeyValueCache cache;
    private final int[] lengths;
    private final Tensor logits;

    private Prefill(SharedPrefix shared, KeyValueCache cache, int[] lengths, Tensor logits) {
        this.shared = shared;
        this.cache = cache;
        this.lengths = lengths;
        this.logits = owner.adopt(logits);
    }

    /// @param prompts whole, each beginning with the shared prefix
    /// @param more how many tokens the longest row may still grow by
    static Prefill of(
            Decoder decoder,
            Adapters adapters,
            SharedPrefix shared,
            List<int[]> prompts,
            int more) {
        var lengths = prompts.stream().mapToInt(p -> p.length - shared.tokens()).toArray();
        int length = BatchPlan.padded(java.util.Arrays.stream(lengths).max().orElse(1));
        var ids = new int[lengths.length * length];
        var last = new int[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            System.arraycopy(prompts.get(i), shared.tokens(), ids, i * length, lengths[i]);
            last[i] = i * length + lengths[i] - 1;
        }
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var cache = new KeyValueCache(decoder, lengths.length, length + more);
                var pass = CachedPass.prefill(cache, shared.prefix(), decoder, length);
                var hidden = decoder.hidden(Tensors.indices(ids), pass, adapters);
                return new Prefill(
                        shared,
                        cache,
                        lengths,
                        decoder.logits(hidden.selected(0, Tensors.indices(last)), adapters));
            }
        });
    }

    SharedPrefix shared() {
        return shared;
    }

    /// Its rows are the prompts without the prefix.
    KeyValueCache cache() {
        return cache;
    }

    /// Tokens of each row, without the prefix.
    int[] lengths() {
        return lengths.clone();
    }

    /// Unnormalised log-probabilities of each prompt's next token: [rows, vocabulary]. For the engine's thread.
    Tensor logits() {
        return logits;
    }

    @Override
    public void close() {
        cache.close();
        Engine.run(owner::close);
    }
}
