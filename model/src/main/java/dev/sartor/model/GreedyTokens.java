package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Continues a text by the likeliest token, again and again, with the keys and values of what was computed kept. For the
/// engine's thread.
final class GreedyTokens {
    private GreedyTokens() {}

    /// @return the prompt and `more` tokens behind it
    static int[] after(int[] prompt, int more, Decoder decoder, Adapters adapters) {
        try (var _ = TensorScope.open();
                var cache = new KeyValueCache(decoder, 1, prompt.length + more)) {
            var tokens = Arrays.copyOf(prompt, prompt.length + more);
            var pass = CachedPass.prefill(cache, Optional.empty(), decoder, prompt.length);
            var hidden = decoder.hidden(Tensors.indices(prompt), pass, adapters);
            int next = likeliest(hidden.slice(0, prompt.length - 1L, 1), decoder, adapters);
            for (int at = prompt.length; at < tokens.length; at++) {
                tokens[at] = next;
                if (at + 1 < tokens.length) {
                    next = step(next, at, cache, decoder, adapters);
                }
            }
            return tokens;
        }
    }

    /// @return what the network says about a text: the token that begins every answer and `more` behind it
    static int[] about(int[] text, int more, EncoderDecoder network, Adapters adapters) {
        var texts = EncoderPass.of(List.of(text), network.type());
        try (var _ = TensorScope.open();
                var decoding = network.read(texts, more + 1, adapters)) {
            var tokens = new int[more + 1];
            tokens[0] = network.startToken();
            for (int at = 0; at < more; at++) {
                var states = decoding.step(new int[] {tokens[at]}, adapters);
                tokens[at + 1] = (int) network.logits(states, adapters).argmax(-1).item();
            }
            return tokens;
        }
    }

    private static int step(
            int token, int at, KeyValueCache cache, Decoder decoder, Adapters adapters) {
        try (var _ = TensorScope.open()) {
            var pass = CachedPass.step(cache, Optional.empty(), decoder, new int[] {at});
            var ids = Tensors.indices(new int[] {token});
            return likeliest(decoder.hidden(ids, pass, adapters), decoder, adapters);
        }
    }

    private static int likeliest(Tensor hidden, Decoder decoder, Adapters adapters) {
        return (int) decoder.logits(hidden, adapters).argmax(-1).item();
    }
}
