package dev.sartor.model;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.nio.file.Path;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Holds a network's logits against those that another implementation wrote down: a JSON object with `input_ids` and
/// `attention_mask` (rows of one length, padded on the right) and `logits`, flattened row-major with their `shape` [rows,
/// length, vocabulary].
public final class ReferenceCheck {
    private final Path file;
    private final int[][] ids;
    private final int[][] mask;
    private final JsonNode logits;

    private ReferenceCheck(Path file, JsonNode reference) {
        this.file = file;
        this.ids = matrix(reference, "input_ids");
        this.mask =
                reference.has("attention_mask") ? matrix(reference, "attention_mask") : ones(ids);
        this.logits = reference.path("logits");
        if (ids.length == 0 || !logits.isArray() || mask.length != ids.length) {
            throw broken("it needs input_ids, attention_mask and logits");
        }
    }

    public static ReferenceCheck read(Path file) {
        return new ReferenceCheck(file, Json.read(file));
    }

    /// @param difference the greatest absolute difference over all tokens that are no padding
    /// @param compared how many logits were held against each other
    public record Outcome(double difference, long compared) {}

    public Outcome of(Decoder decoder, Adapters adapters) {
        int length = ids[0].length;
        int width = decoder.vocabulary();
        if (logits.size() != (long) ids.length * length * width) {
            throw broken(
                    "its logits are "
                            + logits.size()
                            + ", this model gives "
                            + (long) ids.length * length * width
                            + ": it was made for another model");
        }
        double most = 0;
        long compared = 0;
        for (int row = 0; row < ids.length; row++) {
            var computed = row(decoder, adapters, ids[row]);
            for (int token = 0; token < length; token++) {
                for (int i = 0; mask[row][token] == 1 && i < width; i++) {
                    double expected = logits.get((row * length + token) * width + i).doubleValue();
                    double difference = Math.abs(computed[token * width + i] - expected);
                    most =
                            Double.isNaN(difference)
                                    ? Double.POSITIVE_INFINITY
                                    : Math.max(most, difference);
                    compared++;
                }
            }
        }
        return new Outcome(most, compared);
    }

    private static float[] row(Decoder decoder, Adapters adapters, int[] tokens) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var pass = RowsPass.of(0, 1, tokens.length, decoder.type());
                Tensor hidden = decoder.hidden(Tensors.indices(tokens), pass, adapters);
                return decoder.logits(hidden, adapters).to(DType.F32).toFloats();
            }
        });
    }

    private int[][] matrix(JsonNode reference, String key) {
        var rows = reference.path(key);
        var matrix =
                IntStream.range(0, rows.size())
                        .mapToObj(i ->
                                IntStream.range(0, rows.get(i).size())
                                        .map(j -> rows.get(i).get(j).intValue())
                                        .toArray())
                        .toArray(int[][]::new);
        for (var row : matrix) {
            if (row.length != matrix[0].length) {
                throw broken("the rows of " + key + " must be of one length");
            }
        }
        return matrix;
    }

    private static int[][] ones(int[][] like) {
        return IntStream.range(0, like.length)
                .mapToObj(i -> IntStream.generate(() -> 1).limit(like[i].length).toArray())
                .toArray(int[][]::new);
    }

    private SartorException broken(String why) {
        return SartorException.user(
                file + " is no reference that can be compared with: " + why + ".");
    }
}
