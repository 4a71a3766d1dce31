package dev.sartor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.model.file.Networks;
import dev.sartor.model.file.ReferenceCheck;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// What a configuration may say, and what is refused because it would be computed otherwise than it says.
class FamilySettingsTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    llama | model_type | "mamba" | model_type 'mamba' cannot be loaded here; known are gemma2, gemma3_text, gpt2
                    llama | attention_bias | true | q_proj.bias is missing
                    llama | quantization_config | {"bits": 4} | quantization_config must be absent
                    llama | partial_rotary_factor | 0.5 | partial_rotary_factor must be 1
                    llama | hidden_act | "snake" | hidden_act must be gelu
                    llama | num_key_value_heads | 3 | num_key_value_heads must divide num_attention_heads (4), got 3
                    llama | num_hidden_layers | 0 | num_hidden_layers must be at least 1
                    llama | rope_scaling | {"type": "spiral", "factor": 2} | rope_type must be default, linear
                    llama | rope_scaling | {"type": "linear", "factor": 0} | factor must be more than 0
                    llama | rope_parameters | {"full_attention": {}} | for Gemma 3 only
                    llama | tie_word_embeddings | "yes" | tie_word_embeddings must be true or false
                    llama-yarn | mlp_bias | false | gate_proj.bias is there
                    mistral | sliding_window | 0 | sliding_window must be at least 1 or null
                    mistral | layer_types | ["full_attention", "sliding_attention"] | layer_types must be the same for all layers
                    qwen2 | layer_types | ["full_attention", "chunked_attention"] | got chunked_attention
                    qwen2 | layer_types | ["full_attention", "sliding_attention"] | sliding_window is not used
                    qwen2 | layer_types | ["full_attention"] | layer_types must be as long as num_hidden_layers (2), got 1
                    qwen3-moe | num_experts_per_tok | 6 | num_experts_per_tok must be 1 to num_experts (5), got 6
                    gemma2 | use_bidirectional_attention | true | use_bidirectional_attention must be false
                    gemma3 | attn_logit_softcapping | 50.0 | attn_logit_softcapping must be null
                    gemma3 | rope_parameters | {"rope_type": "default", "rope_theta": 1e4} | must have a group each
                    phi3-longrope | rope_parameters | {"rope_type": "longrope", "short_factor": [1], "long_factor": [1], "rope_theta": 1e4} | short_factor must be 2 numbers above 0
                    gpt2 | add_cross_attention | true | add_cross_attention must be false
                    gpt-neox | rotary_pct | 0.4 | head_dim × partial_rotary_factor must be even, got 3
                    smollm3 | no_rope_layers | [1, 0] | no_rope_layers must be as long as num_hidden_layers (4), got 2
                    """)
    void aSettingThatIsNotSupportedIsNamed(String model, String key, String value, String message)
            throws IOException {
        change(model, key, value);
        assertThatThrownBy(() -> Networks.decoder(folder, DType.F32).close())
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aModelsOwnCodeIsNeverRun() throws IOException {
        var code = "{\"AutoModelForCausalLM\": \"modeling_own.OwnForCausalLM\"}";
        change("llama", "auto_map", code);
        var said = new ArrayList<String>();
        var handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord record) {
                        said.add(new SimpleFormatter().formatMessage(record));
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        var log = Logger.getLogger(Networks.class.getName());
        log.addHandler(handler);
        try {
            assertComputes("llama");
        } finally {
            log.removeHandler(handler);
        }
        assertThat(said).hasSize(1);
        assertThat(said.getFirst())
                .contains("modeling_own.OwnForCausalLM")
                .contains("is never run; it is computed as the family 'llama'");
        var config = (ObjectNode) Json.read(folder.resolve("config.json"));
        config.put("model_type", "own");
        Files.writeString(folder.resolve("config.json"), Json.pretty(config));
        assertThatThrownBy(() -> Networks.decoder(folder, DType.F32).close())
                .hasMessageContaining("model_type 'own' cannot be loaded here")
                .hasMessageContaining("modeling_own.OwnForCausalLM")
                .hasMessageContaining("is never run: choose another model");
    }

    @Test
    void gpt2SavedWithoutItsHeadHasNoPrefixes() throws IOException {
        change("gpt2", "architectures", "[\"GPT2Model\"]");
        var file = folder.resolve("model.safetensors");
        var bytes = Files.readAllBytes(file);
        int header = (bytes[0] & 255) | ((bytes[1] & 255) << 8);
        var text = new String(bytes, 8, header, StandardCharsets.UTF_8);
        var bare = text.replace("\"transformer.", "\"");
        var padded = bare + " ".repeat(header - bare.length());
        System.arraycopy(padded.getBytes(StandardCharsets.UTF_8), 0, bytes, 8, header);
        Files.write(file, bytes);
        assertComputes("gpt2");
    }

    @Test
    void aWindowThatHoldsTheWholeTextHidesNothing() throws IOException {
        change("mistral-window", "sliding_window", "12");
        var wide = hidden();
        change("mistral-window", "sliding_window", "null");
        assertThat(hidden()).containsExactly(wide, Offset.offset(1e-6f));
        change("mistral-window", "sliding_window", "11");
        assertThat(hidden()).isNotEqualTo(wide);
    }

    private float[] hidden() {
        var ids = ReferenceModel.of("mistral-window").ids()[0];
        try (var decoder = Networks.decoder(folder, DType.F32)) {
            return Engine.call(() -> {
                try (var _ = TensorScope.open()) {
                    var pass = RowsPass.of(0, 1, ids.length, DType.F32);
                    return decoder.hidden(Tensors.indices(ids), pass, Adapters.none()).toFloats();
                }
            });
        }
    }

    private void assertComputes(String model) {
        var reference = ReferenceModel.of(model).folder().resolve("reference.json");
        try (var decoder = Networks.decoder(folder, DType.F32)) {
            var outcome = ReferenceCheck.read(reference).of(decoder, Adapters.none());
            assertThat(outcome.difference()).isCloseTo(0, within(2e-4));
        }
    }

    /// A copy of a model with one setting changed.
    private void change(String model, String key, String value) throws IOException {
        var from = ReferenceModel.of(model).folder();
        var config = (ObjectNode) Json.read(from.resolve("config.json"));
        config.set(key, Json.mapper().readTree(value));
        Files.writeString(folder.resolve("config.json"), Json.pretty(config));
        Files.write(
                folder.resolve("model.safetensors"),
                Files.readAllBytes(from.resolve("model.safetensors")));
    }
}
