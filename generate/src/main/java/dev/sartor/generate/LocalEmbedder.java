package dev.sartor.generate;

import dev.sartor.core.Embedder;
import dev.sartor.model.SentenceEncoder;
import dev.sartor.model.Tokenizer;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A sentence encoder of this process, as sentence-transformers saves it, its vectors scaled to unit length. Texts of like
/// length are computed together. Safe for concurrent callers.
public final class LocalEmbedder implements Embedder {
    /// Where no file names a limit; what sentence-transformers' small models have.
    private static final int USUAL_TOKENS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(LocalEmbedder.class);

    private final String name;
    private final SentenceEncoder encoder;
    private final Tokenizer tokenizer;
    private final SentenceSettings settings;
    private final int limit;
    private final int special;

    private LocalEmbedder(
            String name, SentenceEncoder encoder, Tokenizer tokenizer, SentenceSettings settings) {
        this.name = name;
        this.encoder = encoder;
        this.tokenizer = tokenizer;
        this.settings = settings;
        this.limit = Math.min(settings.limit().orElse(USUAL_TOKENS), encoder.contextLength());
        this.special = tokenizer.encode("", true).length;
    }

    /// @param folder config.json, tokenizer.json and safetensors, with what sentence-transformers writes beside them
    /// @param type what it computes in, F32 or BF16
    public static LocalEmbedder open(String name, Path folder, DType type) {
        var settings = SentenceSettings.read(folder);
        return new LocalEmbedder(
                name,
                SentenceEncoder.open(folder, type),
                LanguageModel.tokenizer(folder),
                settings);
    }

    /// The network and what follows it, for training.
    public SentenceEncoder encoder() {
        return encoder;
    }

    /// The tokens of a text that asks for others, as {@link #embedQueries} computes them.
    public int[] queryIds(String text) {
        return cut(encoded(settings.ofQueries() + text));
    }

    /// The tokens of a text that is to be found, as {@link #embed} computes them.
    public int[] documentIds(String text) {
        return cut(encoded(settings.ofDocuments() + text));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int dimension() {
        return encoder.width();
    }

    @Override
    public int maxTokens() {
        return limit - special;
    }

    @Override
    public int countTokens(String text) {
        return tokenizer.encode(text, false).length;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return embed(texts, settings.ofDocuments());
    }

    @Override
    public List<float[]> embedQueries(List<String> texts) {
        return embed(texts, settings.ofQueries());
    }

    /// @param prompt what is put in front of each text
    List<float[]> embed(List<String> texts, String prompt) {
        var vectors = new ArrayList<float[]>(texts.size());
        embed(texts.iterator(), prompt).forEachRemaining(vectors::add);
        return vectors;
    }

    /// The vectors of texts without end, in their order: a window of texts is read, computed and forgotten at a time.
    /// For one thread.
    public Iterator<float[]> embed(Iterator<String> texts) {
        return embed(texts, settings.ofDocuments());
    }

    private Iterator<float[]> embed(Iterator<String> texts, String prompt) {
        return new EmbeddingStream(texts, window -> vectors(window, prompt));
    }

    private List<float[]> vectors(List<String> texts, String prompt) {
        var whole = texts.parallelStream().map(text -> encoded(prompt + text)).toList();
        long over = whole.stream().filter(ids -> ids.length > limit).count();
        if (over > 0) {
            LOG.warn(
                    "{} of {} texts were cut at {} tokens to be embedded",
                    over,
                    texts.size(),
                    maxTokens());
        }
        int before = prompt.isEmpty() ? 0 : promptTokens(prompt);
        var ids = whole.stream().map(this::cut).toList();
        var vectors = new ArrayList<float[]>(Collections.nCopies(texts.size(), null));
        for (var group : EmbeddingPlan.of(ids)) {
            Interruption.check();
            var rows = group.stream().map(ids::get).toList();
            var made = Engine.call(() -> encoder.vectors(rows, before));
            for (int i = 0; i < group.size(); i++) {
                vectors.set(group.get(i), unit(made, i * dimension()));
            }
        }
        return vectors;
    }

    /// Those of the prompt alone, without the special token that closes a text.
    private int promptTokens(String prompt) {
        var ids = encoded(prompt);
        return ids.length > 0 && tokenizer.isSpecial(ids[ids.length - 1])
                ? ids.length - 1
                : ids.length;
    }

    /// Whole, with special tokens.
    private int[] encoded(String text) {
        return tokenizer.encode(settings.lowerCase() ? text.toLowerCase(Locale.ROOT) : text, true);
    }

    /// Cut at the limit, the closing special token kept.
    private int[] cut(int[] ids) {
        if (ids.length <= limit) {
            return ids;
        }
        var cut = Arrays.copyOf(ids, limit);
        if (tokenizer.isSpecial(ids[ids.length - 1])) {
            cut[limit - 1] = ids[ids.length - 1];
        }
        return cut;
    }

    private float[] unit(float[] vectors, int from) {
        var vector = Arrays.copyOfRange(vectors, from, from + dimension());
        double square = 0;
        for (float value : vector) {
            square += (double) value * value;
        }
        float scale = (float) (1 / Math.max(Math.sqrt(square), 1e-12));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return vector;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
