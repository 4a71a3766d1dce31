package dev.sartor.generate.seq2seq;

import dev.sartor.core.Message;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.generate.LanguageModel;
import dev.sartor.model.Adapters;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.EncoderDecoder;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.template.ChatTemplate;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A network that reads a text and says another, such as T5, with its tokenizer. It knows no turns: what it reads is the
/// conversation's text, the turns one after another, or what the model's own template makes of them. Safe for concurrent
/// callers.
public final class TextToTextModel implements AutoCloseable {
    private final String name;
    private final EncoderDecoder network;
    private final Tokenizer tokenizer;
    private final Optional<ChatTemplate> template;

    private TextToTextModel(
            String name,
            EncoderDecoder network,
            Tokenizer tokenizer,
            Optional<ChatTemplate> template) {
        this.name = name;
        this.network = network;
        this.tokenizer = tokenizer;
        this.template = template;
    }

    /// @param model a GGUF file, or a folder with one or with config.json, tokenizer.json and safetensors
    /// @param type what it computes in, F32 or BF16
    /// @param clock what a template that writes today's date reads
    public static TextToTextModel open(String name, Path model, DType type, Clock clock) {
        var tokenizer = LanguageModel.tokenizer(model);
        var template =
                tokenizer
                        .settings()
                        .chatTemplate()
                        .map(source -> ChatTemplate.of(source, Map.of(), clock));
        return new TextToTextModel(name, Networks.encoderDecoder(model, type), tokenizer, template);
    }

    public String name() {
        return name;
    }

    public EncoderDecoder network() {
        return network;
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /// A responder that answers with the model as it is. Closing it leaves the model open.
    public Responder responder() {
        return new TextToTextResponder(this, Adapters.none(), () -> {});
    }

    /// A responder with an adapter on, which stays the caller's.
    public Responder responder(LoraAdapter adapter) {
        return new TextToTextResponder(this, adapter, () -> {});
    }

    /// A responder with the adapter of a PEFT folder on. Closing it frees the adapter and leaves the model open.
    public Responder responder(Path adapterFolder) {
        var adapter =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        return PeftFolder.read(adapterFolder, network);
                    }
                });
        return new TextToTextResponder(this, adapter, adapter::close);
    }

    /// The tokens of what is read.
    ///
    /// @throws SartorException {@link SartorException#tooLong} where they are more than the model reads
    int[] prompt(List<Message> messages) {
        var ids = source(messages);
        if (ids.length > network.contextLength()) {
            throw SartorException.tooLong(
                    "the prompt has "
                            + ids.length
                            + " tokens, more than the "
                            + network.contextLength()
                            + " that the model reads: shorten the message");
        }
        return ids;
    }

    /// The tokens of what is read, however many they are.
    public int[] source(List<Message> messages) {
        var text =
                template.isPresent()
                        ? template.get().render(messages, true).text()
                        : messages.stream()
                                .map(Message::content)
                                .collect(Collectors.joining("\n\n"));
        return tokenizer.encode(text, true);
    }

    /// The answer's tokens and the one that ends it.
    public int[] continuation(String answer) {
        var ids = tokenizer.encode(answer, false);
        var end = endings().stream().limit(1).mapToInt(Integer::intValue);
        return IntStream.concat(IntStream.of(ids), end).toArray();
    }

    /// Tokens that end an answer.
    Set<Integer> endings() {
        var endings = new LinkedHashSet<>(tokenizer.settings().ends());
        if (network.config().has("eos_token_id")) {
            endings.add(network.config().integer("eos_token_id"));
        }
        return endings;
    }

    @Override
    public void close() {
        network.close();
    }
}
