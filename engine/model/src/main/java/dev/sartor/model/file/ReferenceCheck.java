package dev.sartor.model.file;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.model.Adapters;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.RowsPass;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.EncoderDecoder;
import dev.sartor.model.network.Network;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Holds a network's logits against those that another implementation wrote down: a JSON object with `input_ids` and
/// `attention_mask` (rows of one length, padded on the right) and `logits`, flattened row-major with their `shape`:
/// [rows, length, vocabulary], [rows, classes] of a model that tells classes, or [rows, length, width] of a model without a
/// head. For a model that reads a text and says another, `decoder_input_ids` are what it said, and the logits are theirs.
/// Where a reference has `greedy`, the first row's tokens and the likeliest ones behind them, those are computed, too.
public final class ReferenceCheck {
    private final Path file;
    private final int[][] ids;
    private final int[] lengths;
    private final Optional<int[][]> said;
    private final JsonNode logits;
    private final int[] greedy;

    private ReferenceCheck(Path file, JsonNode reference) {
        this.file = file;
        this.ids = matrix(reference, "input_ids");
        this.lengths =
                reference.has("attention_mask")
                        ? lengths(matrix(reference, "attention_mask"))
                        : Arrays.stream(ids).mapToInt(row -> row.length).toArray();
        this.said =
                reference.has("decoder_input_ids")
                        ? Optional.of(matrix(reference, "decoder_input_ids"))
                        : Optional.empty();
        this.logits = reference.path("logits");
        this.greedy = integers(reference.path("greedy"));
        if (ids.length == 0 || !logits.isArray() || lengths.length != ids.length) {
            throw broken("it needs input_ids, attention_mask and logits");
        }
    }

    private ReferenceCheck(ReferenceCheck tokens, Path other) {
        this.file = other;
        this.ids = tokens.ids;
        this.lengths = tokens.lengths;
        this.said = tokens.said;
        this.logits = Json.read(other).path("logits");
        this.greedy = new int[0];
    }

    /// A file with logits alone, such as those with an adapter on, has its tokens in reference.json of the folder above.
    public static ReferenceCheck read(Path file) {
        var reference = Json.read(file);
        var above = file.toAbsolutePath().normalize().resolve("../../reference.json").normalize();
        return !reference.has("input_ids") && reference.has("logits") && Files.exists(above)
                ? new ReferenceCheck(above, Json.read(above)).withLogitsOf(file)
                : new ReferenceCheck(file, reference);
    }

    /// The same tokens with the logits of another file, such as those with an adapter on.
    public ReferenceCheck withLogitsOf(Path other) {
        return new ReferenceCheck(this, other);
    }

    /// @param difference the greatest absolute difference over all tokens that are no padding
    /// @param compared how many logits were held against each other
    /// @param tokens how many greedy tokens were; 0 where the reference has none
    /// @param same how many of them are the same up to the first that is not
    public record Outcome(double difference, long compared, int tokens, int same) {
        public boolean agreesWithin(double tolerance) {
            return difference <= tolerance && same == tokens;
        }
    }

    /// Logits of one row.
    ///
    /// @param values [tokens × width]
    /// @param tokens real ones
    private record Row(float[] values, int tokens) {}

    public Outcome of(Network network, Adapters adapters) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                return switch (network) {
                    case Decoder decoder ->
                            withGreedy(
                                    outcome(rows(decoder, adapters), ids[0].length),
                                    decoder,
                                    adapters);
                    case Encoder encoder when encoder.tellsClasses() ->
                            outcome(classes(encoder, adapters), 1);
                    case Encoder encoder -> outcome(tokens(encoder, adapters), ids[0].length);
                    case EncoderDecoder both ->
                            withGreedy(
                                    outcome(answers(both, adapters), said()[0].length),
                                    both,
                                    adapters);
                };
            }
        });
    }

    private List<Row> rows(Decoder decoder, Adapters adapters) {
        var rows = new ArrayList<Row>();
        for (int row = 0; row < ids.length; row++) {
            try (var _ = TensorScope.open()) {
                // With their padding, which nothing before it sees: the length decides how some
                // ropes turn.
                var pass = RowsPass.of(0, 1, ids[row].length, decoder.type());
                var hidden = decoder.hidden(Tensors.indices(ids[row]), pass, adapters);
                var real = decoder.logits(hidden.slice(0, 0, lengths[row]), adapters);
                rows.add(new Row(real.toFloats(), lengths[row]));
            }
        }
        return rows;
    }

    private Outcome withGreedy(Outcome logits, Decoder decoder, Adapters adapters) {
        int prompt = lengths[0];
        if (greedy.length <= prompt) {
            return logits;
        }
        int more = greedy.length - prompt;
        var begun = Arrays.copyOf(ids[0], prompt);
        int different = Arrays.mismatch(GreedyTokens.after(begun, more, decoder, adapters), greedy);
        int same = different < 0 ? more : Math.max(different, prompt) - prompt;
        return new Outcome(logits.difference(), logits.compared(), more, same);
    }

    /// Of a network that reads a text, `greedy` is all that it says, its first token counted.
    private Outcome withGreedy(Outcome logits, EncoderDecoder network, Adapters adapters) {
        if (greedy.length < 2) {
            return logits;
        }
        var said = GreedyTokens.about(texts().getFirst(), greedy.length - 1, network, adapters);
        int different = Arrays.mismatch(said, greedy);
        int same = different < 0 ? greedy.length - 1 : Math.max(0, different - 1);
        return new Outcome(logits.difference(), logits.compared(), greedy.length - 1, same);
    }

    private List<Row> classes(Encoder encoder, Adapters adapters) {
        var pass = EncoderPass.of(texts(), encoder.type());
        var values = encoder.classes(pass, adapters).toFloats();
        var ones = IntStream.generate(() -> 1).limit(ids.length).toArray();
        return cut(values, ones);
    }

    private List<Row> tokens(Encoder encoder, Adapters adapters) {
        var pass = EncoderPass.of(texts(), encoder.type());
        return cut(logits(encoder, pass, adapters).toFloats(), lengths);
    }

    private static Tensor logits(Encoder encoder, EncoderPass pass, Adapters adapters) {
        if (encoder.tellsTokenClasses()) {
            return encoder.tokenClasses(pass, adapters);
        }
        return encoder.tellsWords()
                ? encoder.words(pass, adapters)
                : encoder.hidden(pass, adapters);
    }

    private List<Row> answers(EncoderDecoder network, Adapters adapters) {
        int length = said()[0].length;
        var pass = EncoderPass.of(texts(), network.type());
        var flat = Arrays.stream(said()).flatMapToInt(Arrays::stream).toArray();
        try (var decoding = network.read(pass, length, adapters)) {
            var values = network.logits(decoding.step(flat, adapters), adapters).toFloats();
            return cut(values, IntStream.generate(() -> length).limit(ids.length).toArray());
        }
    }

    private static List<Row> cut(float[] values, int[] tokens) {
        int width = values.length / Arrays.stream(tokens).sum();
        var rows = new ArrayList<Row>();
        int at = 0;
        for (int count : tokens) {
            rows.add(new Row(Arrays.copyOfRange(values, at, at + count * width), count));
            at += count * width;
        }
        return rows;
    }

    /// @param length tokens of each row of the reference
    private Outcome outcome(List<Row> rows, int length) {
        int width = rows.getFirst().values().length / rows.getFirst().tokens();
        long expected = (long) rows.size() * length * width;
        if (logits.size() != expected) {
            throw broken(
                    "its logits are "
                            + logits.size()
                            + ", this model gives "
                            + expected
                            + ": it was made for another model");
        }
        double most = 0;
        long compared = 0;
        for (int row = 0; row < rows.size(); row++) {
            var values = rows.get(row).values();
            for (int i = 0; i < values.length; i++) {
                double value = logits.get(row * length * width + i).doubleValue();
                double difference = Math.abs(values[i] - value);
                most =
                        Double.isNaN(difference)
                                ? Double.POSITIVE_INFINITY
                                : Math.max(most, difference);
                compared++;
            }
        }
        return new Outcome(most, compared, 0, 0);
    }

    /// Without padding.
    private List<int[]> texts() {
        return IntStream.range(0, ids.length)
                .mapToObj(row -> Arrays.copyOf(ids[row], lengths[row]))
                .toList();
    }

    private int[][] said() {
        return said.orElseThrow(() -> broken("it needs decoder_input_ids for this model"));
    }

    private int[] lengths(int[][] mask) {
        return Arrays.stream(mask)
                .mapToInt(row -> {
                    int length = Arrays.stream(row).sum();
                    if (length == 0 || Arrays.stream(row).limit(length).anyMatch(m -> m != 1)) {
                        throw broken("attention_mask must be ones, then zeros for padding");
                    }
                    return length;
                })
                .toArray();
    }

    private int[][] matrix(JsonNode reference, String key) {
        var rows = reference.path(key);
        var matrix =
                IntStream.range(0, rows.size())
                        .mapToObj(i -> integers(rows.get(i)))
                        .toArray(int[][]::new);
        for (var row : matrix) {
            if (row.length != matrix[0].length) {
                throw broken("the rows of " + key + " must be of one length");
            }
        }
        return matrix;
    }

    private static int[] integers(JsonNode array) {
        return IntStream.range(0, array.size()).map(i -> array.get(i).intValue()).toArray();
    }

    private SartorException broken(String why) {
        return SartorException.user(
                file + " is no reference that can be compared with: " + why + ".");
    }
}
