package dev.sartor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.work.Progress;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.file.GreedyTokens;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.weights.Resources;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Gemma-3-270M in Q4_K_M against what transformers computes of the same file in fp32: half a minute, so that it is run by hand;
/// {@link dev.sartor.model.network.ReferenceModelsTest} holds the same family by a tiny model.
@Tag("bench")
@Tag("models")
class RealDecodersTest {
    private static final int END = 1;

    @Test
    void gemma3SaysWhatTransformersSays() {
        // Whoever runs the tests of the real models takes their licences.
        var hub = Hub.open(Caches.standard(), Use.RESEARCH, _ -> true);
        var folder = hub.pull("gemma-3-270m", Progress.silent()).folder();
        try (var decoder = Networks.decoder(folder, DType.F32)) {
            for (var row : Resources.json("real-gemma-3-270m.json")) {
                var ids = ints(row.get("ids"));
                var logs = logProbabilities(decoder, ids);
                int vocabulary = decoder.vocabulary();
                double sum = 0;
                for (int i = 1; i < ids.length; i++) {
                    sum += logs[(i - 1) * vocabulary + ids[i]];
                }
                assertThat(sum).isCloseTo(row.get("log_likelihood").doubleValue(), within(2e-2));
                var top = ints(row.get("top_ids"));
                for (int i = 0; i < top.length; i++) {
                    assertThat((double) logs[(ids.length - 1) * vocabulary + top[i]])
                            .isCloseTo(row.get("top_log_probs").get(i).doubleValue(), within(2e-2));
                }
                var greedy = ints(row.get("greedy_ids"));
                var said =
                        Engine.call(() ->
                                GreedyTokens.after(ids, greedy.length, decoder, Adapters.none()));
                assertThat(said).endsWith(greedy);
                assertThat(greedy.length == 24 || greedy[greedy.length - 1] == END).isTrue();
            }
        }
    }

    private static float[] logProbabilities(Decoder decoder, int[] ids) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var pass = RowsPass.of(0, 1, ids.length, DType.F32);
                var hidden = decoder.hidden(Tensors.indices(ids), pass, Adapters.none());
                return decoder.logits(hidden, Adapters.none()).logSoftmax(-1).toFloats();
            }
        });
    }

    private static int[] ints(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::intValue).toArray();
    }
}
