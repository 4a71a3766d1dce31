package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Texts of different lengths, each token seeing every token of its own text. Texts are padded for attention only; every
/// other layer computes real tokens alone. Belongs to the scope that was open when it was made.
public final class EncoderPass implements Pass {
    private final List<int[]> texts;
    private final List<int[]> types;
    private final DType type;
    private final Tensor positions;
    private final RowPadding padding;
    private final EncoderAttention attention;

    private EncoderPass(List<int[]> texts, List<int[]> types, RowPadding.Steps steps, DType type) {
        this.texts = List.copyOf(texts);
        this.types = List.copyOf(types);
        this.type = type;
        this.padding = RowPadding.of(lengths(), steps);
        this.attention = new EncoderAttention(lengths(), padding.length(), Optional.empty(), type);
        this.positions = flat(texts, t -> IntStream.range(0, t.length));
    }

    private EncoderPass(EncoderPass pass, RelativePositions bias) {
        this.texts = pass.texts;
        this.types = pass.types;
        this.type = pass.type;
        this.positions = pass.positions;
        this.padding = pass.padding;
        this.attention = new EncoderAttention(lengths(), padding.length(), Optional.of(bias), type);
    }

    /// @param texts the tokens of each text, at least one
    /// @param type what the network computes in
    public static EncoderPass of(List<int[]> texts, DType type) {
        return new EncoderPass(texts, blank(texts), RowPadding.Steps.NONE, type);
    }

    /// The same in one of few shapes: behind the texts' tokens stands filler, whose states mean nothing.
    public static EncoderPass inFewShapes(List<int[]> texts, DType type) {
        return new EncoderPass(texts, blank(texts), coarse(texts), type);
    }

    /// Pairs of texts, whose tokens say by their type which of the two they belong to, in one of few shapes, as {@link
    /// #inFewShapes} has them.
    ///
    /// @param texts the tokens of each pair
    /// @param types of each token which of the two texts it belongs to
    public static EncoderPass ofPairsInFewShapes(List<int[]> texts, List<int[]> types, DType type) {
        return new EncoderPass(texts, types, coarse(texts), type);
    }

    /// How large a pass in one of few shapes is.
    ///
    /// @param learned states that a head turns into classes
    public static PassSize size(List<int[]> texts, long learned) {
        return size(texts, coarse(texts), learned);
    }

    /// How large a pass is that is filled up to no shape, nothing learned.
    public static PassSize plainSize(List<int[]> texts) {
        return size(texts, RowPadding.Steps.NONE, 0);
    }

    private static PassSize size(List<int[]> texts, RowPadding.Steps steps, long learned) {
        int length = steps.ofLength(longest(texts));
        return new PassSize(0, texts.size(), length, 0, steps.ofTokens(tokens(texts)), learned);
    }

    private static RowPadding.Steps coarse(List<int[]> texts) {
        return RowPadding.Steps.coarse(longest(texts), tokens(texts));
    }

    private static int longest(List<int[]> texts) {
        return texts.stream().mapToInt(t -> t.length).max().orElse(0);
    }

    private static int tokens(List<int[]> texts) {
        return texts.stream().mapToInt(t -> t.length).sum();
    }

    private static List<int[]> blank(List<int[]> texts) {
        return texts.stream().map(text -> new int[text.length]).toList();
    }

    /// The same texts, with what the distance of two tokens adds to their scores.
    public EncoderPass with(RelativePositions distances) {
        return new EncoderPass(this, distances);
    }

    /// Tokens of each text.
    public int[] lengths() {
        return texts.stream().mapToInt(t -> t.length).toArray();
    }

    /// int64 [tokens], text after text.
    public Tensor ids() {
        return flat(texts, Arrays::stream);
    }

    /// int64 [tokens]: which text of a pair each token belongs to.
    public Tensor segments() {
        return flat(types, Arrays::stream);
    }

    @Override
    public Tensor positions() {
        return positions;
    }

    @Override
    public int[] textLengths() {
        var each =
                texts.stream()
                        .flatMapToInt(t -> IntStream.generate(() -> t.length).limit(t.length));
        return Arrays.copyOf(each.toArray(), padding.tokens());
    }

    /// int64 [tokens]: positions counted from `token` + 1 over everything else; the token itself has its own number.
    public Tensor positionsAfter(int token) {
        return flat(
                texts,
                text -> {
                    var at = new int[text.length];
                    int next = token;
                    for (int i = 0; i < at.length; i++) {
                        at[i] = text[i] == token ? token : ++next;
                    }
                    return Arrays.stream(at);
                });
    }

    /// int64 [texts]: where each text's first token stands.
    public Tensor firsts() {
        var lengths = lengths();
        var at = new int[lengths.length];
        for (int i = 1; i < at.length; i++) {
            at[i] = at[i - 1] + lengths[i - 1];
        }
        return Tensors.indices(at);
    }

    /// Text after text, then zeros for filler.
    private Tensor flat(List<int[]> rows, Function<int[], IntStream> each) {
        var values = rows.stream().flatMapToInt(each).toArray();
        return Tensors.indices(Arrays.copyOf(values, padding.tokens()));
    }

    @Override
    public Tensor attend(int layer, AttentionRule rule, Tensor query, Tensor key, Tensor value) {
        return padding.flat(
                attention.attend(
                        rule, padding.padded(query), padding.padded(key), padding.padded(value)));
    }
}
