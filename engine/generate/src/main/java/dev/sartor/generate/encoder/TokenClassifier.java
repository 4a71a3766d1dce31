package dev.sartor.generate.encoder;

import dev.sartor.core.EntityRecogniser;
import dev.sartor.core.EntityRecogniser.NamedEntity;
import dev.sartor.core.SartorException;
import dev.sartor.generate.LanguageModel;
import dev.sartor.model.Adapters;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Encoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tokenizer.Encoding;
import dev.sartor.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;

/// An encoder that says of each token what it is a part of: persons, places and organisations, where it was trained for named
/// entities (transformers' …ForTokenClassification). Longer texts than it reads are read in windows that overlap; of two
/// labels that of the window counts in whose middle the token stands. Safe for concurrent callers.
public final class TokenClassifier implements EntityRecogniser {
    /// How much of a window is there for its neighbours' sake, at either end.
    private static final int MARGIN_PARTS = 8;

    private final Encoder network;
    private final Tokenizer tokenizer;
    private final List<String> labels;
    private final int limit;

    private TokenClassifier(Encoder network, Tokenizer tokenizer, int limit) {
        this.network = network;
        this.tokenizer = tokenizer;
        this.labels = network.labels().names();
        this.limit = limit;
    }

    /// @param model a folder with config.json, tokenizer.json and safetensors
    /// @param type what it computes in, F32 or BF16
    /// @throws SartorException a user's error where the model marks no tokens
    public static TokenClassifier open(String name, Path model, DType type) {
        var network = Networks.encoder(model, type);
        if (!network.tellsTokenClasses()) {
            network.close();
            throw SartorException.user(
                    name
                            + " must be an encoder that marks tokens (…ForTokenClassification of BERT, DistilBERT, RoBERTa or"
                            + " MPNet), and has no such head: name a model for named entities, such as dslim/bert-base-NER.");
        }
        int limit =
                Math.min(
                        SentenceSettings.read(model).limit().orElse(network.contextLength()),
                        network.contextLength());
        return new TokenClassifier(network, LanguageModel.tokenizer(model), limit);
    }

    /// The model's, without `B-` and `I-`, and without `O`.
    @Override
    public List<String> labels() {
        return labels.stream()
                .filter(each -> !TokenMarks.isOutside(each))
                .map(TokenMarks::bare)
                .distinct()
                .toList();
    }

    @Override
    public List<NamedEntity> entities(String text) {
        var marks = new TokenMarks(text);
        var encoding = tokenizer.encodeWithOffsets(text, true);
        int before = special(encoding, 0, 1);
        int after = special(encoding, encoding.size() - 1, -1);
        int tokens = encoding.size() - before - after;
        int width = Math.max(1, limit - before - after);
        int margin = tokens <= width ? 0 : width / MARGIN_PARTS;
        for (int begin = 0; begin < tokens; begin += width - 2 * margin) {
            int end = Math.min(tokens, begin + width);
            int first = begin == 0 ? 0 : begin + margin;
            int last = end == tokens ? end : end - margin;
            var logits = logits(window(encoding, before, begin, end, after));
            for (int i = first; i < last; i++) {
                mark(encoding, before + i, logits, before + i - begin, marks);
            }
            if (end == tokens) {
                break;
            }
        }
        return marks.entities();
    }

    /// How many tokens from here on stand for no char of the text.
    private int special(Encoding encoding, int from, int step) {
        int count = 0;
        for (int i = from;
                i >= 0 && i < encoding.size() && tokenizer.isSpecial(encoding.id(i));
                i += step) {
            count++;
        }
        return Math.min(count, encoding.size() / 2);
    }

    private static int[] window(Encoding encoding, int before, int begin, int end, int after) {
        var ids = new int[before + end - begin + after];
        for (int i = 0; i < before; i++) {
            ids[i] = encoding.id(i);
        }
        for (int i = begin; i < end; i++) {
            ids[before + i - begin] = encoding.id(before + i);
        }
        for (int i = 0; i < after; i++) {
            ids[ids.length - after + i] = encoding.id(encoding.size() - after + i);
        }
        return ids;
    }

    /// [tokens × labels]
    private float[] logits(int[] ids) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var pass = EncoderPass.inFewShapes(List.of(ids), network.type());
                return network.tokenClasses(pass, Adapters.none()).to(DType.F32).toFloats();
            }
        });
    }

    private void mark(Encoding encoding, int token, float[] logits, int row, TokenMarks marks) {
        if (encoding.start(token) == encoding.end(token)) {
            return;
        }
        int best = 0;
        int at = row * labels.size();
        for (int i = 1; i < labels.size(); i++) {
            best = logits[at + i] > logits[at + best] ? i : best;
        }
        double sum = 0;
        for (int i = 0; i < labels.size(); i++) {
            sum += Math.exp(logits[at + i] - logits[at + best]);
        }
        marks.add(encoding.start(token), encoding.end(token), labels.get(best), 1 / sum);
    }

    @Override
    public void close() {
        network.close();
    }
}
