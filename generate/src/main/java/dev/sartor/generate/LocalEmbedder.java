package dev.sartor.generate;

import dev.sartor.core.Embedder;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.model.Adapters;
import dev.sartor.model.Encoder;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.Networks;
import dev.sartor.model.Tokenizer;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A sentence-transformers encoder of this process: its states' mean, or the first state, as modules.json's pooling says,
/// scaled to unit length. Texts of like length are computed together. Safe for concurrent callers.
public final class LocalEmbedder implements Embedder {
    /// sentence-transformers' usual limit, where sentence_bert_config.json names none.
    private static final int USUAL_TOKENS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(LocalEmbedder.class);
    private static final String POOLING = "1_Pooling/config.json";

    private final String name;
    private final Encoder encoder;
    private final Tokenizer tokenizer;
    private final boolean mean;
    private final int limit;
    private final int special;

    private LocalEmbedder(
            String name, Encoder encoder, Tokenizer tokenizer, boolean mean, int limit) {
        this.name = name;
        this.encoder = encoder;
        this.tokenizer = tokenizer;
        this.mean = mean;
        this.limit = Math.min(limit, encoder.contextLength());
        this.special = tokenizer.encode("", true).length;
    }

    /// @param folder config.json, tokenizer.json, 1_Pooling/config.json and safetensors
    /// @param type what it computes in, F32 or BF16
    public static LocalEmbedder open(String name, Path folder, DType type) {
        var sentence = folder.resolve("sentence_bert_config.json");
        int limit =
                Files.exists(sentence)
                        ? Json.read(sentence).path("max_seq_length").asInt(USUAL_TOKENS)
                        : USUAL_TOKENS;
        var mean = pooling(folder.resolve(POOLING));
        return new LocalEmbedder(
                name, Networks.encoder(folder, type), Tokenizer.open(folder), mean, limit);
    }

    /// Whether the states' mean is taken; else the first state.
    private static boolean pooling(Path file) {
        var pooling = Json.read(file);
        if (pooling.path("pooling_mode_mean_tokens").asBoolean(false)) {
            return true;
        }
        if (pooling.path("pooling_mode_cls_token").asBoolean(false)) {
            return false;
        }
        throw SartorException.user(
                file
                        + ": pooling must be pooling_mode_mean_tokens or pooling_mode_cls_token:"
                        + " choose another embedder");
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
        var whole = texts.stream().map(text -> tokenizer.encode(text, true)).toList();
        long over = whole.stream().filter(ids -> ids.length > limit).count();
        if (over > 0) {
            LOG.warn(
                    "{} of {} texts were cut at {} tokens to be embedded",
                    over,
                    texts.size(),
                    maxTokens());
        }
        var ids = whole.stream().map(this::cut).toList();
        var vectors = new ArrayList<float[]>(Collections.nCopies(texts.size(), null));
        for (var group : BatchPlan.of(ids.size(), i -> ids.get(i).length)) {
            var made = vectors(group.stream().map(ids::get).toList());
            for (int i = 0; i < group.size(); i++) {
                vectors.set(
                        group.get(i),
                        Arrays.copyOfRange(made, i * dimension(), (i + 1) * dimension()));
            }
        }
        return vectors;
    }

    /// Cut at the limit, the closing special token kept.
    private int[] cut(int[] ids) {
        if (ids.length <= limit) {
            return ids;
        }
        var cut = Arrays.copyOf(ids, limit);
        cut[limit - 1] = ids[ids.length - 1];
        return cut;
    }

    /// [rows × dimension], each row of unit length
    private float[] vectors(List<int[]> rows) {
        var states =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        var pass = EncoderPass.of(rows, encoder.type());
                        return encoder.hidden(pass, Adapters.none()).toFloats();
                    }
                });
        int width = encoder.width();
        var pooled = new float[rows.size() * width];
        int token = 0;
        for (int row = 0; row < rows.size(); row++) {
            int length = rows.get(row).length;
            int taken = mean ? length : 1;
            for (int i = 0; i < taken * width; i++) {
                pooled[row * width + i % width] += states[token * width + i] / taken;
            }
            token += length;
        }
        return unit(pooled, dimension());
    }

    private static float[] unit(float[] values, int width) {
        for (int row = 0; row < values.length; row += width) {
            double square = 0;
            for (int i = row; i < row + width; i++) {
                square += (double) values[i] * values[i];
            }
            float scale = (float) (1 / Math.max(Math.sqrt(square), 1e-12));
            for (int i = row; i < row + width; i++) {
                values[i] *= scale;
            }
        }
        return values;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
