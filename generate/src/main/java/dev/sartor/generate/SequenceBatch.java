package dev.sartor.generate;

import dev.sartor.core.Answer;
import dev.sartor.model.Adapters;
import dev.sartor.model.Decoding;
import dev.sartor.model.EncoderDecoder;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Texts that were read, answered together, a token of each at a time. Each step is one visit to the engine, so that
/// others get their turn in between; answers that are done leave the batch.
final class SequenceBatch implements AutoCloseable {
    private final EncoderDecoder network;
    private final Adapters adapters;
    private final Set<Integer> endings;
    private Decoding decoding;

    /// One answer on its way.
    static final class Row {
        private final SequenceGenerator.Wanted wanted;
        private final TokenSampler sampler;
        private final List<Integer> tokens = new ArrayList<>();
        private Optional<Answer.Finish> finish = Optional.empty();

        private Row(SequenceGenerator.Wanted wanted) {
            this.wanted = wanted;
            this.sampler = new TokenSampler(wanted.sampling(), wanted.ids());
        }

        private boolean isOpen() {
            return finish.isEmpty();
        }

        private void take(int token, Set<Integer> endings) {
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

        /// @param seconds the answer's share of the batch's time
        SequenceGenerator.Said said(double seconds) {
            var ids = tokens.stream().mapToInt(Integer::intValue).toArray();
            return new SequenceGenerator.Said(ids, finish.orElseThrow(), seconds);
        }
    }

    /// @param decoding the texts, read; the batch closes it
    SequenceBatch(
            EncoderDecoder network, Adapters adapters, Set<Integer> endings, Decoding decoding) {
        this.network = network;
        this.adapters = adapters;
        this.endings = endings;
        this.decoding = decoding;
    }

    /// Runs to the end; answers in the order of the texts.
    ///
    /// @throws SartorException where the caller is interrupted
    List<Row> run(List<SequenceGenerator.Wanted> wanted) {
        var all = wanted.stream().map(Row::new).toList();
        var rows = all;
        while (rows.stream().anyMatch(Row::isOpen)) {
            Interruption.check();
            rows = withoutDone(rows);
            var tokens = step(rows);
            for (int i = 0; i < tokens.length; i++) {
                if (rows.get(i).isOpen()) {
                    rows.get(i).take(tokens[i], endings);
                }
            }
        }
        return all;
    }

    /// When half of the rows are done, the others go on alone.
    private List<Row> withoutDone(List<Row> rows) {
        var open = IntStream.range(0, rows.size()).filter(i -> rows.get(i).isOpen()).toArray();
        if (2 * open.length > rows.size()) {
            return rows;
        }
        var whole = decoding;
        decoding = Engine.call(() -> whole.rows(open));
        whole.close();
        return IntStream.of(open).mapToObj(rows::get).toList();
    }

    private int[] step(List<Row> rows) {
        var newest =
                rows.stream()
                        .mapToInt(row ->
                                row.tokens.isEmpty() ? network.startToken() : row.tokens.getLast())
                        .toArray();
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var states = decoding.step(newest, adapters);
                return choose(rows, network.logits(states, adapters));
            }
        });
    }

    /// @param logits [rows, vocabulary]
    private int[] choose(List<Row> rows, Tensor logits) {
        var best = logits.argmax(-1).toLongs();
        var sampled = rows.stream().anyMatch(row -> !row.sampler.isPlainlyGreedy());
        var values = sampled ? logits.toFloats() : new float[0];
        int vocabulary = network.vocabulary();
        var tokens = new int[rows.size()];
        for (int i = 0; i < tokens.length; i++) {
            var sampler = rows.get(i).sampler;
            tokens[i] =
                    sampler.isPlainlyGreedy()
                            ? (int) best[i]
                            : sampler.next(values, i * vocabulary, vocabulary);
        }
        return tokens;
    }

    @Override
    public void close() {
        decoding.close();
    }
}
