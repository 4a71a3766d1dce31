package dev.sartor.generate;

import dev.sartor.core.Answer;
import dev.sartor.model.Adapters;
import dev.sartor.model.CachedPass;
import dev.sartor.model.Decoder;
import dev.sartor.model.KeyValueCache;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Computed prompts that are completed together, a token of each at a time. Each step is one visit to the engine, so that
/// others get their turn in between; rows that are done leave the batch.
final class GenerationBatch implements AutoCloseable {
    private final Decoder decoder;
    private final Set<Integer> endings;
    private final Adapters adapters;
    private final Prefill prefill;
    private final List<Row> all = new ArrayList<>();
    private List<Row> rows;
    private Optional<KeyValueCache> own = Optional.empty();

    /// One prompt on its way.
    private static final class Row {
        private final Prompt.Free wanted;
        private final TokenSampler sampler;
        private final List<Integer> tokens = new ArrayList<>();
        private Optional<Answer.Finish> finish = Optional.empty();
        private int length;

        Row(Prompt.Free wanted, int length) {
            this.wanted = wanted;
            this.sampler = new TokenSampler(wanted.sampling(), wanted.prompt());
            this.length = length;
        }

        void take(int token, Set<Integer> endings) {
            if (endings.contains(token)) {
                finish = Optional.of(Answer.Finish.STOP);
                return;
            }
            tokens.add(token);
            if (!wanted.sink().accept(token)) {
                finish = Optional.of(Answer.Finish.STOP);
            } else if (tokens.size() >= wanted.maxTokens()) {
                finish = Optional.of(Answer.Finish.LENGTH);
            }
        }
    }

    /// @param endings tokens that end a turn
    /// @param wanted one for each of the computed prompts
    GenerationBatch(
            Decoder decoder,
            Set<Integer> endings,
            Adapters adapters,
            Prefill prefill,
            List<Prompt.Free> wanted) {
        this.decoder = decoder;
        this.endings = endings;
        this.adapters = adapters;
        this.prefill = prefill;
        var lengths = prefill.lengths();
        for (int i = 0; i < lengths.length; i++) {
            all.add(new Row(wanted.get(i), lengths[i]));
        }
        this.rows = List.copyOf(all);
    }

    /// Runs to the end; texts in the order of the prompts, seconds without the prompts'.
    List<Completion.Text> run() {
        long start = System.nanoTime();
        take(
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        return choose(prefill.logits());
                    }
                }));
        while (rows.stream().anyMatch(row -> row.finish.isEmpty())) {
            leaveIfDone();
            step();
        }
        double seconds = (System.nanoTime() - start) / 1e9 / all.size();
        return all.stream().map(row -> text(row, seconds)).toList();
    }

    private static Completion.Text text(Row row, double seconds) {
        var ids = row.tokens.stream().mapToInt(Integer::intValue).toArray();
        return new Completion.Text(ids, row.finish.orElse(Answer.Finish.STOP), seconds);
    }

    private void step() {
        var lengths = rows.stream().mapToInt(row -> row.length).toArray();
        var newest =
                rows.stream()
                        .mapToInt(row -> row.tokens.isEmpty() ? 0 : row.tokens.getLast())
                        .toArray();
        var tokens =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        var pass =
                                CachedPass.step(
                                        cache(), prefill.shared().prefix(), decoder, lengths);
                        return choose(
                                decoder.logits(
                                        decoder.hidden(Tensors.indices(newest), pass, adapters),
                                        adapters));
                    }
                });
        rows.stream().filter(row -> row.finish.isEmpty()).forEach(row -> row.length++);
        take(tokens);
    }

    private KeyValueCache cache() {
        return own.orElseGet(prefill::cache);
    }

    /// @param logits [rows, vocabulary]
    private int[] choose(Tensor logits) {
        var tokens = new int[rows.size()];
        var best = logits.argmax(-1).toLongs();
        var sampled = rows.stream().anyMatch(row -> !row.sampler.isPlainlyGreedy());
        var values = sampled ? logits.toFloats() : new float[0];
        for (int i = 0; i < tokens.length; i++) {
            var sampler = rows.get(i).sampler;
            int vocabulary = decoder.vocabulary();
            tokens[i] =
                    sampler.isPlainlyGreedy()
                            ? (int) best[i]
                            : sampler.next(values, i * vocabulary, vocabulary);
        }
        return tokens;
    }

    private void take(int[] tokens) {
        for (int i = 0; i < tokens.length; i++) {
            if (rows.get(i).finish.isEmpty()) {
                rows.get(i).take(tokens[i], endings);
            }
        }
    }

    /// When half of the rows are done, the others go on alone.
    private void leaveIfDone() {
        var open =
                IntStream.range(0, rows.size()).filter(i -> rows.get(i).finish.isEmpty()).toArray();
        if (open.length * 2 > rows.size()) {
            return;
        }
        var kept =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        return cache().rows(open);
                    }
                });
        own.ifPresent(KeyValueCache::close);
        own = Optional.of(kept);
        rows = Arrays.stream(open).mapToObj(rows::get).toList();
    }

    @Override
    public void close() {
        own.ifPresent(KeyValueCache::close);
    }
}
