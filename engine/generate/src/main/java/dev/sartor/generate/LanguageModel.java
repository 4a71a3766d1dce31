package dev.sartor.generate;

import dev.sartor.constrain.Constraints;
import dev.sartor.constrain.TokenTrie;
import dev.sartor.core.Message;
import dev.sartor.core.Responder;
import dev.sartor.core.Role;
import dev.sartor.core.SartorException;
import dev.sartor.generate.schedule.Scheduler;
import dev.sartor.model.Adapters;
import dev.sartor.model.Precision;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.file.Networks;
import dev.sartor.model.file.WeightCache;
import dev.sartor.model.memory.StepMemory;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.template.ChatTemplate;
import dev.sartor.template.value.Rendered;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.kernel.KernelWarmUp;
import dev.sartor.tokenizer.DataSpan;
import dev.sartor.tokenizer.Tokenizer;
import dev.sartor.tokenizer.file.TokenizerReader;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.gguf.GgufFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/// A decoder with its tokenizer and chat template: what turns messages into tokens and tokens into text. Safe for
/// concurrent callers.
public final class LanguageModel implements AutoCloseable {
    /// For a model that brings none: each turn's text on lines of its own, an answer's end marked.
    private static final String PLAIN =
            "{% for m in messages %}{{ m.content }}"
                    + "{% if m.role == 'assistant' %}{{ eos_token }}{% endif %}\n{% endfor %}";

    private static final List<Message> BLANK = List.of(Message.user(""));

    private final String name;
    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private final ChatTemplate template;
    private final Precision precision;
    private final Scheduler scheduler;
    private Optional<Constraints> constraints = Optional.empty();

    private LanguageModel(
            String name,
            Decoder decoder,
            Precision precision,
            Tokenizer tokenizer,
            ChatTemplate template) {
        this.name = name;
        this.decoder = decoder;
        this.precision = precision;
        this.tokenizer = tokenizer;
        this.template = template;
        this.scheduler = scheduler(Adapters.none());
    }

    /// All rows use the same adapter.
    private Scheduler scheduler(Adapters adapters) {
        return scheduler(_ -> adapters);
    }

    public Scheduler scheduler(Scheduler.SlotAdapters adapters) {
        return new Scheduler(decoder, precision.keeps(), new HashSet<>(ends()), adapters);
    }

    /// For a measurement beside a training, whose prompts are not asked again: with less memory.
    Scheduler measuring(Adapters adapters) {
        return new Scheduler(
                decoder,
                precision.keeps(),
                StepMemory.MEASURED_MEMORY,
                new HashSet<>(ends()),
                _ -> adapters);
    }

    /// Responders whose rows use different adapters in the same batches.
    ///
    /// @param slots adapters that can be on at the same time
    /// @param rank the highest rank of any of them
    public AdapterResponders withAdapters(int slots, int rank) {
        return new AdapterResponders(this, slots, rank);
    }

    /// Tokens of a whole conversation.
    ///
    /// @param answers the assistant's turns, their ends included, in their order; the last ends with the conversation.
    ///     An earlier turn that the template leaves out or writes otherwise once others follow is not among them
    /// @param servedPrompt the text after which the answer would come when the model is asked
    /// @param trainedText the whole conversation's text, which begins with the prompt where the template is sound
    public record Conversation(
            int[] ids, List<Span> answers, String servedPrompt, String trainedText) {
        public Conversation {
            answers = List.copyOf(answers);
        }

        /// @param from its first token
        /// @param to behind its last
        public record Span(int from, int to) {}

        /// Where the last turn's content begins.
        public int answerStart() {
            return answers.getLast().from();
        }
    }

    /// @param model a GGUF file, or a folder with one or with config.json, tokenizer.json and safetensors
    /// @param precision how its weights are held
    /// @param clock what a chat template that writes today's date reads
    public static LanguageModel open(String name, Path model, Precision precision, Clock clock) {
        return open(name, model, precision, clock, WeightCache.none());
    }

    /// The same, with weights that an earlier start rounded where there are any.
    ///
    /// @param cache keeps them for later starts
    public static LanguageModel open(
            String name, Path model, Precision precision, Clock clock, WeightCache cache) {
        return open(name, model, precision, clock, () -> Networks.decoder(model, precision, cache));
    }

    /// A model that an adapter can be trained on, however its weights are held: rounded ones are unpacked for each product,
    /// so that it answers slower than {@link #open} makes it.
    public static LanguageModel trainable(
            String name, Path model, Precision precision, Clock clock) {
        return precision.isQuantised()
                ? open(
                        name,
                        model,
                        precision,
                        clock,
                        () -> Networks.trainable(model, precision, DType.BF16))
                : open(name, model, precision, clock);
    }

    private static LanguageModel open(
            String name, Path model, Precision precision, Clock clock, Callable<Decoder> decoder) {
        KernelWarmUp.begin(kernels(precision));
        var network = Engine.begun(decoder);
        try {
            var tokenizer = tokenizer(model);
            var settings = tokenizer.settings();
            var template =
                    ChatTemplate.of(
                            settings.chatTemplate().orElse(PLAIN), specialTokens(tokenizer), clock);
            return new LanguageModel(name, network.get(), precision, tokenizer, template);
        } catch (RuntimeException e) {
            try {
                network.get().close();
            } catch (RuntimeException other) {
                e.addSuppressed(other);
            }
            throw e;
        }
    }

    private static KernelWarmUp.Kind kernels(Precision precision) {
        return switch (precision) {
            case F32, BF16 -> KernelWarmUp.Kind.DENSE;
            case INT8 -> KernelWarmUp.Kind.INT8;
            case INT4 -> KernelWarmUp.Kind.INT4;
        };
    }

    /// @param model a GGUF file, or a folder with one or with tokenizer.json
    public static Tokenizer tokenizer(Path model) {
        var gguf = Networks.gguf(model);
        if (gguf.isEmpty()) {
            return TokenizerReader.open(model);
        }
        try (var file = GgufFile.open(gguf.get(), WeightAccess.COPIED)) {
            return TokenizerReader.of(file.metadata());
        }
    }

    private static Map<String, String> specialTokens(Tokenizer tokenizer) {
        var tokens = new HashMap<String, String>();
        var settings = tokenizer.settings();
        put(tokens, "bos_token", settings.beginning(), tokenizer);
        put(tokens, "unk_token", settings.unknown(), tokenizer);
        put(tokens, "pad_token", settings.padding(), tokenizer);
        settings.ends().stream()
                .findFirst()
                .ifPresent(id -> tokens.put("eos_token", tokenizer.token(id)));
        return tokens;
    }

    private static void put(
            Map<String, String> tokens, String key, OptionalInt id, Tokenizer tokenizer) {
        id.ifPresent(value -> tokens.put(key, tokenizer.token(value)));
    }

    public String name() {
        return name;
    }

    public Decoder decoder() {
        return decoder;
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /// The most tokens of prompt and answer together.
    public int contextLength() {
        return decoder.contextLength();
    }

    /// A responder that answers with the model as it is. Closing it leaves the model open.
    public Responder responder() {
        return new LocalResponder(this, generator(), () -> {});
    }

    /// A responder with an adapter on, which stays the caller's.
    public Responder responder(LoraAdapter adapter) {
        var running = scheduler(adapter);
        return new LocalResponder(
                this, new Generator(running, contextLength(), AdapterSlots.same()), running::close);
    }

    /// A responder with the adapter of a PEFT folder on. Closing it frees the adapter and leaves the model open.
    public Responder responder(Path adapterFolder) {
        var adapter = adapter(adapterFolder);
        var running = scheduler(adapter);
        return new LocalResponder(
                this,
                new Generator(running, contextLength(), AdapterSlots.same()),
                () -> {
                    running.close();
                    adapter.close();
                });
    }

    /// The adapter of a PEFT folder. The caller closes it.
    public LoraAdapter adapter(Path folder) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                return PeftFolder.read(folder, decoder);
            }
        });
    }

    /// A responder of the model as it is now, with an adapter on where there is one: nothing that was computed before is
    /// taken, so that it may be trained between two of them. The adapter stays the caller's.
    public Responder responderNow(Optional<LoraAdapter> adapter) {
        var running = measuring(adapter.<Adapters>map(each -> each).orElseGet(Adapters::none));
        return new LocalResponder(
                this, new Generator(running, contextLength(), AdapterSlots.same()), running::close);
    }

    /// The tokens after which the assistant's answer is to come.
    public int[] prompt(List<Message> messages) {
        return encoded(rendered(messages, true));
    }

    /// How many of a prompt's tokens are those of the opening, which are the same whoever asks.
    ///
    /// @param opening empty for that of a conversation with nothing around it
    int open(List<Message> opening, int[] prompt) {
        try {
            return common(prompt(opening.isEmpty() ? BLANK : opening), prompt);
        } catch (SartorException e) {
            return 0; // the template takes no empty turn
        }
    }

    /// A conversation that ends with the assistant's answer, for training.
    public Conversation conversation(List<Message> messages) {
        if (messages.size() < 2 || messages.getLast().role() != Role.ASSISTANT) {
            throw SartorException.defect("a training conversation ends with the assistant's turn");
        }
        var text = rendered(messages, false);
        var whole = encoded(text);
        var answers = new ArrayList<Conversation.Span>();
        for (int turn = 0; turn < messages.size() - 1; turn++) {
            if (messages.get(turn).role() == Role.ASSISTANT) {
                earlier(messages, turn, whole).ifPresent(answers::add);
            }
        }
        var prompt = rendered(messages.subList(0, messages.size() - 1), true);
        answers.add(new Conversation.Span(common(encoded(prompt), whole), whole.length));
        return new Conversation(whole, answers, prompt.text(), text.text());
    }

    /// A turn within a conversation: from where its prompt ends to where the next turn begins.
    private Optional<Conversation.Span> earlier(List<Message> messages, int turn, int[] whole) {
        if (turn == 0) {
            return Optional.empty();
        }
        var before = encoded(rendered(messages.subList(0, turn), true));
        var after = encoded(rendered(messages.subList(0, turn + 1), false));
        int from = common(before, whole);
        int to = common(after, whole);
        boolean isThere = from == before.length && to == after.length && from < to;
        return isThere ? Optional.of(new Conversation.Span(from, to)) : Optional.empty();
    }

    /// How many tokens both begin with.
    private static int common(int[] first, int[] second) {
        int mismatch = Arrays.mismatch(first, second);
        return mismatch < 0 ? first.length : mismatch;
    }

    /// Tokens that end an answer.
    List<Integer> ends() {
        return tokenizer.settings().ends();
    }

    /// Made when they are first asked for: the vocabulary's tree takes a moment.
    synchronized Constraints constraints() {
        var made = constraints.orElseGet(() -> new Constraints(TokenTrie.of(tokenizer), ends()));
        constraints = Optional.of(made);
        return made;
    }

    private Rendered rendered(List<Message> messages, boolean addGenerationPrompt) {
        return template.render(messages, addGenerationPrompt);
    }

    private int[] encoded(Rendered text) {
        var spans = text.data().stream().map(s -> new DataSpan(s.begin(), s.end())).toList();
        return tokenizer.encode(text.text(), spans);
    }

    public Generator generator() {
        return new Generator(scheduler, contextLength(), AdapterSlots.same());
    }

    @Override
    public void close() {
        scheduler.close();
        decoder.close();
    }
}
