package dev.sartor.generate;

import dev.sartor.model.Adapters;
import dev.sartor.model.CachedPass;
import dev.sartor.model.Decoder;
import dev.sartor.model.KeyValueCache;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The tokens that all prompts of a batch begin with, computed once. Closing frees their keys and values.
final class SharedPrefix implements AutoCloseable {
    /// Below this, sharing costs more than it saves.
    private static final int LEAST = 4;

    private final int tokens;
    private final Optional<KeyValueCache> cache;

    private SharedPrefix(int tokens, Optional<KeyValueCache> cache) {
        this.tokens = tokens;
        this.cache = cache;
    }

    /// Finds and computes the longest common beginning; each prompt keeps at least its last token for itself.
    static SharedPrefix of(Decoder decoder, List<int[]> prompts, Adapters adapters) {
        int common = prompts.size() < 2 ? 0 : common(prompts);
        if (common < LEAST) {
            return new SharedPrefix(0, Optional.empty());
        }
        var ids = Arrays.copyOf(prompts.getFirst(), common);
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var cache = new KeyValueCache(decoder, 1, common);
                decoder.hidden(
                        Tensors.indices(ids),
                        CachedPass.prefill(cache, Optional.empty(), decoder, common),
                        adapters);
                return new SharedPrefix(common, Optional.of(cache));
            }
        });
    }

    private static int common(List<int[]> prompts) {
        var first = prompts.getFirst();
        int common = first.length - 1;
        for (var other : prompts) {
            int mismatch =
                    Arrays.mismatch(first, 0, common, other, 0, Math.min(common, other.length - 1));
            common = mismatch < 0 ? common : mismatch;
        }
        return common;
    }

    int tokens() {
        return tokens;
    }

    Optional<CachedPass.Prefix> prefix() {
        return cache.map(c -> new CachedPass.Prefix(c, tokens));
    }

    @Override
    public void close() {
        cache.ifPresent(KeyValueCache::close);
    }
}
