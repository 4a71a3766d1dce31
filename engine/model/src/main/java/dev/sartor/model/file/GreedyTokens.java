package dev.sartor.model.file;

import dev.sartor.model.Adapters;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.KvCachePass;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.EncoderDecoder;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.kernel.KvCachePages;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Continues a text by the likeliest token, again and again, with the keys and values of what was computed kept. For the
/// engine's thread.
public final class GreedyTokens {
    private final KvCachePages kept;
    private final int[] pages;
    private final Decoder decoder;
    private final Adapters adapters;

    private GreedyTokens(KvCachePages kept, Decoder decoder, Adapters adapters) {
        this.kept = kept;
        this.pages = IntStream.range(0, kept.pages()).toArray();
        this.decoder = decoder;
        this.adapters = adapters;
    }

    /// @return the prompt and `more` tokens behind it
    public static int[] after(int[] prompt, int more, Decoder decoder, Adapters adapters) {
        var tokens = Arrays.copyOf(prompt, prompt.length + more);
        int pages = (tokens.length + KvCachePages.PAGE - 1) / KvCachePages.PAGE;
        try (var kept =
                new KvCachePages(
                        decoder.layers(),
                        decoder.groups(),
                        decoder.headWidth(),
                        pages,
                        decoder.type())) {
            var greedy = new GreedyTokens(kept, decoder, adapters);
            int computed = 0;
            for (int at = prompt.length; at < tokens.length; at++) {
                tokens[at] = greedy.next(Arrays.copyOfRange(tokens, computed, at), computed);
                computed = at;
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

    /// The likeliest token after these, which follow those that are computed.
    private int next(int[] tokens, int computed) {
        try (var _ = TensorScope.open()) {
            var span = KvCachePass.Span.next(pages, computed, tokens.length);
            var pass = new KvCachePass(kept, List.of(span), decoder.type());
            var hidden = decoder.hidden(Tensors.indices(tokens), pass, adapters);
            var last = hidden.slice(0, tokens.length - 1L, 1);
            return (int) decoder.logits(last, adapters).argmax(-1).item();
        }
    }
}
