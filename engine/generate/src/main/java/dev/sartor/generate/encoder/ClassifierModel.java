package dev.sartor.generate.encoder;

import dev.sartor.core.Message;
import dev.sartor.core.Responder;
import dev.sartor.core.Role;
import dev.sartor.core.SartorException;
import dev.sartor.generate.LanguageModel;
import dev.sartor.model.Adapters;
import dev.sartor.model.Labels;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// An encoder that says which of its classes a text is of, such as BERT under a head, with its tokenizer. It follows no
/// instruction: the system's turn is not read, the other turns' texts are, one after another. Safe for concurrent callers.
public final class ClassifierModel implements AutoCloseable {
    private final String name;
    private final Encoder network;
    private final Tokenizer tokenizer;

    private ClassifierModel(String name, Encoder network, Tokenizer tokenizer) {
        this.name = name;
        this.network = network;
        this.tokenizer = tokenizer;
    }

    /// @param model a folder with config.json, tokenizer.json and safetensors, or a GGUF file
    /// @param type what it computes in, F32 or BF16
    /// @throws SartorException a user's error where the model has no head that tells one class of several
    public static ClassifierModel open(String name, Path model, DType type) {
        var network = Networks.encoder(model, type);
        if (!network.tellsClasses() || network.labels().problem() != Labels.Problem.SINGLE_LABEL) {
            network.close();
            throw SartorException.user(
                    name
                            + " is an encoder that tells no classes yet, and encoders write no text: tune it first"
                            + " on a task with labels ('approaches: [tune]'), or choose another model.");
        }
        return new ClassifierModel(name, network, LanguageModel.tokenizer(model));
    }

    /// The model with a head for these classes: its own where it tells the same, else one that is drawn.
    ///
    /// @param labels at least two
    /// @param seed of a drawn head
    public static ClassifierModel withHead(
            String name, Path model, DType type, List<String> labels, long seed) {
        var network = Networks.classifier(model, type, labels, new SplittableRandom(seed));
        return new ClassifierModel(name, network, LanguageModel.tokenizer(model));
    }

    public String name() {
        return name;
    }

    public Encoder network() {
        return network;
    }

    /// A responder that answers with the model as it is. Closing it leaves the model open.
    public Responder responder() {
        return new ClassifierResponder(this, Adapters.none(), () -> {});
    }

    /// A responder with an adapter on, which stays the caller's.
    public Responder responder(LoraAdapter adapter) {
        return new ClassifierResponder(this, adapter, () -> {});
    }

    /// A responder with the adapter of a PEFT folder on, its head among it. Closing it frees the adapter and leaves the
    /// model open.
    public Responder responder(Path adapterFolder) {
        var adapter =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        return PeftFolder.read(adapterFolder, network);
                    }
                });
        return new ClassifierResponder(this, adapter, adapter::close);
    }

    /// The tokens of what is read, special ones among them, however many they are.
    public int[] source(List<Message> messages) {
        return tokenizer.encode(
                messages.stream()
                        .filter(turn -> turn.role() != Role.SYSTEM)
                        .map(Message::content)
                        .collect(Collectors.joining("\n\n")),
                true);
    }

    /// @throws SartorException {@link SartorException#tooLong} where they are more than the model reads
    int[] prompt(List<Message> messages) {
        var ids = source(messages);
        if (ids.length > network.contextLength()) {
            throw SartorException.tooLong(
                    "the text has "
                            + ids.length
                            + " tokens, more than the "
                            + network.contextLength()
                            + " that the model reads: shorten the message");
        }
        return ids;
    }

    @Override
    public void close() {
        network.close();
    }
}
