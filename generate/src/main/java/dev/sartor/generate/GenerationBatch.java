package dev.sartor.generate;

import dev.sartor.core.Answer;
import dev.sartor.model.CachedPass;
import dev.sartor.model.Decoder;
import dev.sartor.model.KeyValueCache;
import dev.sartor.model.LoraAdapter;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Prompts that are completed together, a token of each at a time. Each step is one visit to the engine, so that others
/// get their turn in between; rows that are done leave the batch.
final class GenerationBatch implements AutoCloseable {
    private final Decoder decoder;
    private final Set<Integer> endings;
    private final Optional<LoraAdapter> adapter;
    private final SharedPrefix shared;
    private final List<Row> all = new ArrayList<>();
    private List<Row> rows;
    private KeyValueCache cache;

    /// One prompt on its way.
    private static final class Row {
        private final Prompt prompt;
        private final TokenChoice choice;
        private final List<Integer> tokens = new ArrayList<>();
        private Optional<Answer.Finish> finish = Optional.empty();
        private int length;

        Row(Prompt prompt, int prefix) {
            this.prompt = prompt;
            this.choice = new TokenChoice(prompt.sampling());
            this.length = prompt.ids().length - prefix;
        }

        void take(int token, Set<Integer> endings) {
            if (endings.contains(token)) {
                finish = Optional.of(Answer.Finish.STOP);
                return;
            }
            tokens.add(token);
            if (!prompt.sink().accept(token)) {
                finish = Optional.of(Answer.Finish.STOP);
            } else if (tokens.size() >= prompt.maxTokens()) {
                finish = Optional.of(Answer.Finish.LENGTH);
            }
        }
    }

    /// @param endings tokens that end a turn
    GenerationBatch(
            Decoder decoder,
            Set<Integer> endings,
            Optional<LoraAdapter> adapter,
            SharedPrefix shared,
            List<Prompt> prompts) {
        this.decoder = decoder;
        this.endings = endings;
        this.adapter = adapter;
        this.shared = shared;
        prompts.forEach(prompt -> all.add(new Row(prompt, shared.tokens())));
        this.rows = List.copyOf(all);
        int longest = BatchPlan.padded(all.stream().mapToInt(row -> row.length).max().orElse(1));
        int most = prompts.stream().mapToInt(Prompt::maxTokens).max().orElse(1);
        this.cache =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        return new KeyValueCache(decoder, all.size(), longest + most);
                    }
                });
        prefill(longest);
    }

    /// Runs to the end; completions in the order of the prompts.
    List<Completion> run() {
        long start = System.nanoTime();
        while (rows.stream().anyMatch(row -> row.finish.isEmpty())) {
            step();
            leaveIfDone();
        }
        double seconds = (System.nanoTime() - start) / 1e9 / all.size();
        return all.stream()
                .map(row ->
                        new Completion(
                                row.tokens.stream().mapToInt(Integer::intValue).toArray(),
                                row.finish.orElse(Answer.Finish.STOP),
                                shared.tokens(),
                                seconds))
                .toList();
    }

    private void prefill(int length) {
        var ids = new int[rows.size() * length];
        var last = new int[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            System.arraycopy(row.prompt.ids(), shared.tokens(), ids, i * length, row.length);
            last[i] = i * length + row.length - 1;
        }
        take(
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        var pass = CachedPass.prefill(cache, shared.prefix(), decoder, length);
                        var hidden = decoder.hidden(Tensors.indices(ids), pass, adapter);
                        return choose(decoder.logits(hidden.selected(0, Tensors.indices(last))));
                    }
                }));
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
                        var pass = CachedPass.step(cache, shared.prefix(), decoder, lengths);
                        return choose(
                                decoder.logits(
                                        decoder.hidden(Tensors.indices(newest), pass, adapter)));
                    }
                });
        rows.stream().filter(row -> row.finish.isEmpty()).forEach(row -> row.length++);
        take(tokens);
    }

    /// @param logits [rows, vocabulary]
    private int[] choose(Tensor logits) {
        var tokens = new int[rows.size()];
        var best = logits.argmax(-1).toLongs();
        var sampled = rows.stream().anyMatch(row -> !row.choice.isGreedy());
        var values = sampled ? logits.toFloats() : new float[0];
        for (int i = 0; i < tokens.length; i++) {
            var choice = rows.get(i).choice;
            tokens[i] =
                    choice.isGreedy()
                            ? (int) best[i]
                            : choice.draw(values, i, decoder.vocabulary());
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
                java.util.stream.IntStream.range(0, rows.size())
                        .filter(i -> rows.get(i).finish.isEmpty())
                        .toArray();
        if (open.length == 0 || open.length * 2 > rows.size()) {
            return;
        }
        var kept =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        return cache.rows(open);
                    }
                });
        cache.close();
        cache = kept;
        rows = java.util.Arrays.stream(open).mapToObj(rows::get).toList();
    }

    @Override
    public void close() {
        cache.close();
    }
}
