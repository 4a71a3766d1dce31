package dev.sartor.benchmarks;

import dev.sartor.core.Problems;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.LanguageModel;
import dev.sartor.generate.schedule.KvCachePool;
import dev.sartor.model.Adapters;
import dev.sartor.model.KvCachePass;
import dev.sartor.model.Precision;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.kernel.KvCachePages;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Measures what rounded weights change: a text's next tokens by a model in bf16, and by the same model with its weights held
/// otherwise, computed as answers are.
public final class WeightsBench implements AutoCloseable {
    /// Tokens that are read from an empty context.
    private static final int WINDOW = 512;

    /// Rows of logits at a time: a large vocabulary's would not fit otherwise.
    private static final int ROWS = 64;

    private final int[] ids;
    private final Held exact;
    private final Held rounded;

    /// @param positions tokens that were predicted
    /// @param perplexityInBf16 e to the mean negative log-likelihood of the tokens
    /// @param divergence the mean Kullback-Leibler divergence of the predictions from those in bf16, in nats
    /// @param sameLikeliest the share of positions where both find the same token likeliest
    /// @param bytesInBf16 what the weights take in memory
    public record Result(
            int positions,
            double perplexityInBf16,
            double perplexity,
            double divergence,
            double sameLikeliest,
            long bytesInBf16,
            long bytes) {}

    /// A model with room for a window's keys and values.
    private record Held(Decoder decoder, KvCachePages pages) implements AutoCloseable {
        static Held open(Path model, Precision precision) {
            var decoder = Networks.decoder(model, precision);
            var pages =
                    Engine.call(() ->
                            new KvCachePages(
                                    decoder.layers(),
                                    decoder.groups(),
                                    decoder.headWidth(),
                                    KvCachePool.pagesFor(WINDOW),
                                    precision.keeps()));
            return new Held(decoder, pages);
        }

        /// The normalised states of the window's tokens, in the innermost open scope.
        Tensor hidden(int[] window) {
            var places = IntStream.range(0, pages.pages()).toArray();
            var span = KvCachePass.Span.next(places, 0, window.length);
            return decoder.hidden(
                    Tensors.indices(window),
                    new KvCachePass(pages, List.of(span), decoder.type()),
                    Adapters.none());
        }

        Tensor logProbabilities(Tensor hidden, int from, int count) {
            return decoder.logits(hidden.slice(0, from, count).contiguous(), Adapters.none())
                    .to(DType.F32)
                    .logSoftmax(-1);
        }

        @Override
        public void close() {
            pages.close();
            decoder.close();
        }
    }

    private static final class Sums {
        private int positions;
        private int same;
        private double exact;
        private double rounded;
        private double divergence;
    }

    /// @param model a GGUF file, or a folder with one or with config.json and safetensors
    /// @param tokens the text's first alone are read
    public WeightsBench(Path model, Precision precision, String text, int tokens) {
        var all = LanguageModel.tokenizer(model).encode(text, true);
        this.ids = Arrays.copyOf(all, Math.min(all.length, tokens));
        Problems.refuseUnless(
                ids.length >= 2,
                "the text",
                "at least 2 tokens",
                ids.length,
                "some thousand show a difference of a hundredth");
        this.exact = Held.open(model, Precision.BF16);
        this.rounded = Held.open(model, precision);
    }

    public Result run(Progress progress) {
        var sums = new Sums();
        int windows = (ids.length + WINDOW - 1) / WINDOW;
        try (var step = progress.begin("reading", windows, "windows")) {
            for (int start = 0; start < ids.length; start += WINDOW) {
                var window = Arrays.copyOfRange(ids, start, Math.min(ids.length, start + WINDOW));
                Engine.run(() -> add(window, sums));
                step.advance(1);
            }
        }
        return new Result(
                sums.positions,
                Math.exp(sums.exact / sums.positions),
                Math.exp(sums.rounded / sums.positions),
                sums.divergence / sums.positions,
                (double) sums.same / sums.positions,
                exact.decoder().weightBytes(),
                rounded.decoder().weightBytes());
    }

    private void add(int[] window, Sums sums) {
        try (var _ = TensorScope.open()) {
            var first = exact.hidden(window);
            var second = rounded.hidden(window);
            for (int from = 0; from < window.length - 1; from += ROWS) {
                int count = Math.min(ROWS, window.length - 1 - from);
                try (var _ = TensorScope.open()) {
                    var next = Arrays.copyOfRange(window, from + 1, from + 1 + count);
                    compare(
                            exact.logProbabilities(first, from, count),
                            rounded.logProbabilities(second, from, count),
                            Tensors.indices(next).withDimension(1),
                            sums);
                }
            }
        }
    }

    private static void compare(Tensor one, Tensor other, Tensor next, Sums sums) {
        sums.exact -= one.gathered(1, next).sum().item();
        sums.rounded -= other.gathered(1, next).sum().item();
        sums.divergence += one.exp().times(one.plus(other.negated())).sum().item();
        var best = one.argmax(1).toLongs();
        var others = other.argmax(1).toLongs();
        for (int i = 0; i < best.length; i++) {
            sums.same += best[i] == others[i] ? 1 : 0;
        }
        sums.positions += best.length;
    }

    @Override
    public void close() {
        exact.close();
        rounded.close();
    }
}
