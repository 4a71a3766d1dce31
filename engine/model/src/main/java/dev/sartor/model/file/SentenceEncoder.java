package dev.sartor.model.file;

import dev.sartor.core.SartorException;
import dev.sartor.model.Adapters;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.PassSize;
import dev.sartor.model.RowsPass;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.EncoderDecoder;
import dev.sartor.model.network.Network;
import dev.sartor.model.network.Pooling;
import dev.sartor.model.network.SentenceStep;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A network that turns whole texts into vectors: its tokens' states, pooled, and what follows, as sentence-transformers
/// saves it (Reimers & Gurevych 2019). For the engine's thread.
public final class SentenceEncoder implements AutoCloseable {
    private final Network network;
    private final Pooling pooling;
    private final List<SentenceStep> steps;
    private final TensorScope owner;
    private final int width;

    private SentenceEncoder(Network network, SentenceModules.Read modules, TensorScope owner) {
        this.network = network;
        this.pooling = modules.pooling();
        this.steps = modules.steps();
        this.owner = owner;
        int pooled = pooling.kinds().size() * states(network);
        this.width = steps.isEmpty() ? pooled : steps.getLast().width();
    }

    /// @param folder config.json, safetensors and, where there are any, modules.json with a folder for each module
    /// @param type what the network computes in, F32 or BF16
    public static SentenceEncoder open(Path folder, DType type) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var owner = TensorScope.owner();
                var modules = SentenceModules.read(folder, owner);
                return new SentenceEncoder(Networks.open(folder, type), modules, owner);
            }
        });
    }

    private static int states(Network network) {
        return switch (network) {
            case Encoder encoder -> encoder.width();
            case Decoder decoder -> decoder.config().integer("hidden_size");
            case EncoderDecoder both ->
                    throw both.config()
                            .unsupported(
                                    "an embedder must be an encoder or a decoder, got "
                                            + both.config().family()
                                            + ": choose another embedder");
        };
    }

    /// @param texts tokens of each, at least one
    /// @param prompt how many of them are a prompt's, the same in all
    /// @return [texts × {@link #width}], row-major, as the modules give them
    public float[] vectors(List<int[]> texts, int prompt) {
        try (var _ = TensorScope.open()) {
            return embedded(texts, prompt, Adapters.none()).toFloats();
        }
    }

    /// The same as a tensor, with an adapter on: [texts, {@link #width}], F32.
    public Tensor embedded(List<int[]> texts, int prompt, Adapters adapters) {
        var lengths = texts.stream().mapToInt(t -> t.length).toArray();
        var vectors = pooling.pooled(states(texts, lengths, adapters), lengths, prompt);
        for (var step : steps) {
            vectors = step.forward(vectors);
        }
        return vectors;
    }

    /// How large a pass through these texts is.
    public PassSize size(List<int[]> texts) {
        return network instanceof Encoder
                ? EncoderPass.size(texts, texts.size())
                : EncoderPass.plainSize(texts);
    }

    /// What computes the tokens' states.
    public Network network() {
        return network;
    }

    /// [tokens, width of the network], text after text, then filler
    private Tensor states(List<int[]> texts, int[] lengths, Adapters adapters) {
        return switch (network) {
            case Encoder encoder ->
                    encoder.hidden(EncoderPass.inFewShapes(texts, encoder.type()), adapters);
            case Decoder decoder -> {
                var ids = texts.stream().flatMapToInt(Arrays::stream).toArray();
                var pass = RowsPass.ragged(0, lengths, 0, decoder.type());
                yield decoder.hidden(Tensors.indices(ids), pass, adapters);
            }
            case EncoderDecoder _ -> throw SartorException.defect("no embedder reads and says");
        };
    }

    /// Numbers of each vector.
    public int width() {
        return width;
    }

    /// The most tokens of a text, special tokens counted.
    public int contextLength() {
        return switch (network) {
            case Encoder encoder -> encoder.contextLength();
            case Decoder decoder -> decoder.contextLength();
            case EncoderDecoder both -> both.contextLength();
        };
    }

    @Override
    public void close() {
        network.close();
        Engine.run(owner::close);
    }
}
