package dev.sartor.model.network;

import dev.sartor.model.Adapters;
import dev.sartor.model.BareNetwork;
import dev.sartor.model.Embedding;
import dev.sartor.model.Forward;
import dev.sartor.model.Linear;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.OwnTensors;
import dev.sartor.model.Pass;
import dev.sartor.model.Rope;
import dev.sartor.model.layer.DecoderBlock;
import dev.sartor.model.layer.DecoderInput;
import dev.sartor.model.layer.DecoderOutput;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.DenseTable;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A decoder-only transformer: embedding, blocks, norm, head. For the engine's thread.
public final class Decoder implements Network {
    private final ModelConfig config;
    private final NetworkNames names;
    private final DecoderInput input;
    private final List<DecoderBlock> blocks;
    private final DecoderOutput output;
    private final List<Rope> ropes;
    private final OwnTensors own;
    private final DType type;
    private final int vocabulary;
    private final long parameters;

    public Decoder(
            ModelConfig config,
            NetworkNames names,
            DecoderInput input,
            List<DecoderBlock> blocks,
            DecoderOutput output,
            OwnTensors own) {
        this.config = config;
        this.names = names;
        this.input = input;
        this.blocks = List.copyOf(blocks);
        this.output = output;
        this.own = own;
        this.ropes =
                blocks.stream()
                        .flatMap(block -> block.attention().rope().stream())
                        .distinct()
                        .toList();
        this.type = input.tokens().table().type();
        this.vocabulary = (int) output.head().weight().out();
        this.parameters = countParameters();
    }

    /// The last layer's normalised states of every token of the pass: [tokens, width].
    ///
    /// @param ids int64 [tokens], in the order of the pass
    public Tensor hidden(Tensor ids, Pass pass, Adapters adapters) {
        var run = Forward.of(pass, ropes, adapters);
        var hidden = input.forward(ids, pass, adapters);
        for (int i = 0; i < blocks.size(); i++) {
            try (var scope = TensorScope.open()) {
                var before = hidden;
                hidden = scope.keep(blocks.get(i).forward(before, i, run));
                before.free();
            }
        }
        return output.norm().forward(hidden);
    }

    /// The same, ready for gradients to flow back.
    public RecordedPass recorded(Tensor ids, Pass pass, Adapters adapters, RecordedPass.Kept kept) {
        if (FusedPass.suits(blocks, output.norm(), adapters)
                && input.embeddings().stream().noneMatch(each -> isFollowed(each, adapters))) {
            var run = Forward.of(pass, ropes, adapters);
            return new FusedPass(
                    blocks, output.norm(), run, kept, input.forward(ids, pass, adapters));
        }
        return recordedWhole(ids, pass, adapters, kept);
    }

    /// Whatever is trained.
    public RecordedPass recordedWhole(
            Tensor ids, Pass pass, Adapters adapters, RecordedPass.Kept kept) {
        if (kept == RecordedPass.Kept.EVERYTHING) {
            return new WholePass(() -> hidden(ids, pass, adapters));
        }
        var run = Forward.of(pass, ropes, adapters);
        var stages = new ArrayList<UnaryOperator<Tensor>>();
        for (int i = 0; i < blocks.size(); i++) {
            int layer = i;
            stages.add(states -> blocks.get(layer).forward(states, layer, run));
        }
        stages.add(output.norm()::forward);
        return new CheckpointedPass(() -> input.forward(ids, pass, adapters), stages);
    }

    private static boolean isFollowed(Embedding table, Adapters adapters) {
        return (table.table() instanceof DenseTable(var values) && Gradients.requiresGrad(values))
                || (adapters instanceof LoraAdapter adapter && adapter.changes(table));
    }

    /// Unnormalised log-probabilities of the next token: [tokens, vocabulary].
    ///
    /// @param hidden [tokens, width], as {@link #hidden} gives it
    public Tensor logits(Tensor hidden, Adapters adapters) {
        return output.logits(hidden, adapters);
    }

    /// The head on the way forward and back.
    public OutputStep outputStep(Adapters adapters) {
        var head = output.head();
        boolean frozen =
                !head.weight().isFollowed()
                        && head.bias().isEmpty()
                        && output.softCap().isEmpty()
                        && (adapters == BareNetwork.INSTANCE
                                || (adapters instanceof LoraAdapter adapter
                                        && adapter.layer(head).isEmpty()));
        return frozen
                ? OutputStep.frozen(head)
                : OutputStep.recorded(states -> logits(states, adapters));
    }

    public int vocabulary() {
        return vocabulary;
    }

    /// The most tokens of prompt and answer together.
    public int contextLength() {
        double stretch = ropes.stream().mapToDouble(Rope::stretch).max().orElse(1);
        return (int) (config.integer("max_position_embeddings") * stretch);
    }

    /// Whether positions in texts of these two lengths, in tokens, mean the same, so that texts may share a beginning's
    /// keys. Not so where the model's rope slows down for long texts.
    public boolean turnsAlike(int one, int other) {
        return ropes.stream().allMatch(rope -> rope.turnsAlike(one, other));
    }

    public int layers() {
        return blocks.size();
    }

    /// Key and value heads of each layer.
    public int groups() {
        return blocks.getFirst().attention().shape().groups();
    }

    /// Query heads of each layer.
    public int queryHeads() {
        return blocks.getFirst().attention().shape().heads();
    }

    public int headWidth() {
        return blocks.getFirst().attention().shape().width();
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public NetworkNames names() {
        return names;
    }

    @Override
    public DType type() {
        return type;
    }

    @Override
    public List<Linear> linears() {
        return blocks.stream().flatMap(block -> block.linears().stream()).toList();
    }

    @Override
    public List<Linear> heads() {
        return List.of(output.head());
    }

    @Override
    public List<Embedding> embeddings() {
        return input.embeddings();
    }

    @Override
    public long parameters() {
        return parameters;
    }

    private long countParameters() {
        long count = output.norm().parameters();
        for (var embedding : input.embeddings()) {
            count += embedding.table().count();
        }
        if (!config.flag("tie_word_embeddings")) {
            count += count(output.head());
        }
        for (var block : blocks) {
            count += block.otherParameters();
            count += block.linears().stream().mapToLong(Decoder::count).sum();
        }
        return count;
    }

    private static long count(Linear linear) {
        return linear.weight().count() + linear.bias().map(Tensor::count).orElse(0L);
    }

    @Override
    public OwnTensors own() {
        return own;
    }

    @Override
    public void close() {
        own.close();
    }
}
