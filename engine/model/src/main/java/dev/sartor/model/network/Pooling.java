package dev.sartor.model.network;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;

/// How a text's vector is made of its tokens' states, as sentence-transformers' Pooling: each kind gives a vector, and
/// they stand side by side.
///
/// @param withPrompt whether the states of a prompt in front of the text count, too
public record Pooling(List<Kind> kinds, boolean withPrompt) {
    /// Which states count, and how.
    public enum Kind {
        FIRST,
        LAST,
        LARGEST,
        MEAN,
        /// The sum, divided by the square root of their number.
        ROOT_MEAN,
        /// Later ones count more: each as often as its place from 1.
        WEIGHTED_MEAN
    }

    /// In the order in which the vectors stand where older files ask for several.
    private static final SequencedMap<String, Kind> OLDER = new LinkedHashMap<>();

    private static final Map<String, Kind> NAMES =
            Map.of(
                    "cls", Kind.FIRST,
                    "max", Kind.LARGEST,
                    "mean", Kind.MEAN,
                    "mean_sqrt_len_tokens", Kind.ROOT_MEAN,
                    "weightedmean", Kind.WEIGHTED_MEAN,
                    "lasttoken", Kind.LAST);

    static {
        OLDER.put("pooling_mode_cls_token", Kind.FIRST);
        OLDER.put("pooling_mode_max_tokens", Kind.LARGEST);
        OLDER.put("pooling_mode_mean_tokens", Kind.MEAN);
        OLDER.put("pooling_mode_mean_sqrt_len_tokens", Kind.ROOT_MEAN);
        OLDER.put("pooling_mode_weightedmean_tokens", Kind.WEIGHTED_MEAN);
        OLDER.put("pooling_mode_lasttoken", Kind.LAST);
    }

    public Pooling {
        kinds = List.copyOf(kinds);
    }

    public static Pooling mean() {
        return new Pooling(List.of(Kind.MEAN), true);
    }

    /// @param file the module's config.json
    public static Pooling read(Path file) {
        var config = Json.read(file);
        var kinds = new ArrayList<Kind>();
        if (config.has("pooling_mode")) {
            var modes = config.path("pooling_mode");
            if (modes.isArray()) {
                modes.forEach(mode -> kinds.add(named(file, mode)));
            } else {
                kinds.add(named(file, modes));
            }
        } else {
            OLDER.forEach((key, kind) -> {
                if (config.path(key).asBoolean(false)) {
                    kinds.add(kind);
                }
            });
        }
        return new Pooling(
                kinds.isEmpty() ? List.of(Kind.MEAN) : kinds,
                config.path("include_prompt").asBoolean(true));
    }

    private static Kind named(Path file, JsonNode mode) {
        var kind = NAMES.get(mode.asString(""));
        if (kind == null) {
            throw SartorException.user(
                    file
                            + ": pooling_mode must be cls, max, mean, mean_sqrt_len_tokens, weightedmean or"
                            + " lasttoken, got "
                            + mode
                            + ": choose another embedder");
        }
        return kind;
    }

    /// @param states [tokens, width] of all texts, and perhaps of filler behind them
    /// @param lengths tokens of each text
    /// @param prompt how many of them are the prompt's
    /// @return [texts, kinds × width], F32
    public Tensor pooled(Tensor states, int[] lengths, int prompt) {
        var texts = new ArrayList<Span>();
        int first = 0;
        for (int length : lengths) {
            int skipped = withPrompt ? 0 : Math.min(prompt, length - 1);
            texts.add(new Span(first, skipped, length));
            first += length;
        }
        return Tensors.concat(1, kinds.stream().map(kind -> pooled(kind, states, texts)).toList());
    }

    private static Tensor pooled(Kind kind, Tensor states, List<Span> texts) {
        return switch (kind) {
            case FIRST -> picked(states, texts, text -> text.first() + text.skipped());
            case LAST -> picked(states, texts, text -> text.first() + text.length() - 1);
            case LARGEST ->
                    Tensors.concat(0, texts.stream().map(text -> text.largest(states)).toList());
            case MEAN -> mixed(states, texts, _ -> 1, text -> 1f / text.counted());
            case ROOT_MEAN ->
                    mixed(states, texts, _ -> 1, text -> (float) (1 / Math.sqrt(text.counted())));
            case WEIGHTED_MEAN ->
                    // Places are whole numbers, which BF16 does not hold beyond 256.
                    mixed(
                            states.to(DType.F32),
                            texts,
                            place -> place + 1,
                            text -> 1f / text.places());
        };
    }

    private static Tensor picked(Tensor states, List<Span> texts, ToIntFunction<Span> place) {
        var at = texts.stream().mapToInt(place).toArray();
        return states.selected(0, Tensors.indices(at)).to(DType.F32);
    }

    /// How often a token counts.
    private interface Share {
        /// @param place in its text, from 0
        float of(int place);
    }

    /// Sums as one product, each then scaled.
    private static Tensor mixed(
            Tensor states, List<Span> texts, Share share, ToFloatFunction<Span> scale) {
        int tokens = Math.toIntExact(states.size(0));
        var shares = new float[texts.size() * tokens];
        var scales = new float[texts.size()];
        for (int row = 0; row < scales.length; row++) {
            var text = texts.get(row);
            scales[row] = scale.of(text);
            for (int place = text.skipped(); place < text.length(); place++) {
                shares[row * tokens + text.first() + place] = share.of(place);
            }
        }
        return Tensors.of(shares, scales.length, tokens)
                .to(states.type())
                .matmul(states)
                .to(DType.F32)
                .times(Tensors.of(scales, scales.length, 1));
    }

    private interface ToFloatFunction<T> {
        float of(T value);
    }

    /// Where a text stands.
    ///
    /// @param first its first token
    /// @param skipped its tokens that do not count, at its beginning
    private record Span(int first, int skipped, int length) {
        int counted() {
            return length - skipped;
        }

        /// The sum of the counted tokens' places from 1.
        float places() {
            return (skipped + 1f + length) * counted() / 2;
        }

        /// [1, width]
        Tensor largest(Tensor states) {
            return states.slice(0, (long) first + skipped, counted())
                    .max(0)
                    .withDimension(0)
                    .to(DType.F32);
        }
    }
}
