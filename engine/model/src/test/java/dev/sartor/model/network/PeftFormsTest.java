package dev.sartor.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.model.Adapters;
import dev.sartor.model.ReferenceModel;
import dev.sartor.model.RowsPass;
import dev.sartor.model.adapter.AdapterPool;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.file.Networks;
import dev.sartor.model.file.ReferenceCheck;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// PEFT's forms of adapters on the tiny llama and, for biases, on the tiny qwen2, against PEFT's logits (bench/references/tiny_adapters.py).
class PeftFormsTest {
    private static final double TOLERANCE = 2e-4;

    @TempDir Path folder;
    private final ReferenceModel model = ReferenceModel.of("llama");
    private final Decoder decoder = Networks.decoder(model.folder(), DType.F32);

    @AfterEach
    void free() {
        decoder.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lora",
                "rslora",
                "dora",
                "ranks",
                "layers",
                "one-layer",
                "regex",
                "excluded",
                "saved",
                "embeddings",
                "embeddings-dora",
                "dora-patterns"
            })
    void everyFormComputesWhatPeftComputesAndSurvivesWriting(String form) {
        var stored = model.folder().resolve(form);
        try (var adapter = read(stored)) {
            assertThat(difference(form, adapter)).isLessThan(TOLERANCE);
            Engine.run(() ->
                    PeftFolder.write(
                            folder, adapter, new PeftFolder.Origin("tiny", "CAUSAL_LM", 0)));
        }
        try (var again = read(folder)) {
            assertThat(difference(form, again)).isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"use_dora\": false|\"use_dora\": true|lacks base_model.model.model.layers.0.self_attn.q_proj.lora_magnitude_vector",
                "\"peft_type\": \"LORA\"|\"peft_type\": \"ADALORA\"|peft_type must be LORA, got \"ADALORA\"",
                "\"trainable_token_indices\": null|\"trainable_token_indices\": [1]|trainable_token_indices must be absent, got [1]",
                "\"layer_replication\": null|\"layer_replication\": [[0, 1]]|layer_replication must be absent",
                "\"target_parameters\": null|\"target_parameters\": [\"mlp.experts.gate_up_proj\"]|target_parameters must be null or empty, got [\"mlp.experts.gate_up_proj\"]: adapters on parameters that are no layers",
                "\"lora_bias\": false|\"lora_bias\": true|lora_bias must be absent, got true",
                "\"init_lora_weights\": true|\"init_lora_weights\": \"pissa\"|init_lora_weights must be true, false, gaussian",
                "\"ensure_weight_tying\": false|\"ensure_weight_tying\": true|ensure_weight_tying must be false",
                "\"velora_config\": null|\"of_tomorrow\": 3|of_tomorrow must be absent, got 3",
                "\"layers_to_transform\": null|\"layers_to_transform\": 0, \"layers_pattern\": \"[\"|layers_pattern must be regular expressions, got",
                "\"rank_pattern\": {}|\"rank_pattern\": {\".*.*.*.*.*.*.*.*[.]x\": 3}|an adapter's rank_pattern (.*\\.)?(.*.*.*.*.*.*.*.*[.]x) takes too long on a layer's path",
                "\"r\": 4|\"r\": \"4\"|r must be a whole number, got \"4\": the file is damaged",
                "\"bias\": \"none\"|\"bias\": \"some\"|bias must be none, lora_only or all",
                "\"r\": 4|\"r\": 5|down_proj.lora_A.weight, it has the shape [4, 64], this model and the settings need [5, 64]",
                "\"exclude_modules\": null|\"exclude_modules\": [\"q_proj\"]|q_proj.lora_A.weight, target_modules (with exclude_modules",
                "\"rank_pattern\": {}|\"rank_pattern\": {\"q_proj(\": 3}|rank_pattern must be regular expressions, got 'q_proj('",
                "\"modules_to_save\": null|\"modules_to_save\": [\"lm_head\"]|lacks base_model.model.lm_head.weight"
            })
    void whatDoesNotFitIsRefusedByTheSetting(String before, String after, String said)
            throws Exception {
        var lora = model.folder().resolve("lora");
        Files.copy(
                lora.resolve("adapter_model.safetensors"),
                folder.resolve("adapter_model.safetensors"));
        var config = Files.readString(lora.resolve("adapter_config.json"));
        assertThat(config).contains(before);
        Files.writeString(
                folder.resolve("adapter_config.json"),
                config.replace(before, after),
                StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(said);
    }

    @Test
    void severalUnsupportedSettingsAreToldAtOnce() throws Exception {
        Files.writeString(
                folder.resolve("adapter_config.json"),
                "{\"peft_type\": \"LORA\", \"lora_bias\": true, \"use_qalora\": true}");
        Files.writeString(folder.resolve("adapter_model.safetensors"), "");
        assertThatThrownBy(() -> read(folder))
                .hasMessageContaining("lora_bias")
                .hasMessageContaining("use_qalora")
                .hasMessageContaining("2 problems");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bias-lora", "bias-all", "bias-dora"})
    void biasesAreReplacedAloneAndInAPool(String form) {
        var biased = ReferenceModel.of("qwen2");
        try (var network = Networks.decoder(biased.folder(), DType.F32);
                var adapter = read(biased.folder().resolve(form), network)) {
            assertThat(difference(biased, form, network, adapter)).isLessThan(TOLERANCE);
            Engine.run(() -> {
                try (var _ = TensorScope.open();
                        var pool = new AdapterPool(network, 2, 4)) {
                    pool.attach(1, adapter);
                    var pass = RowsPass.of(0, 2, 6, DType.F32);
                    var ids = new int[] {5, 9, 44, 17, 90, 3, 5, 9, 44, 17, 90, 3};
                    var own = network.hidden(Tensors.indices(ids), pass, adapter).toFloats();
                    var bare =
                            network.hidden(Tensors.indices(ids), pass, Adapters.none()).toFloats();
                    var rows = pool.rows(new int[] {1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1});
                    var mixed = network.hidden(Tensors.indices(ids), pass, rows).toFloats();
                    int half = own.length / 2;
                    var close = Offset.offset(1e-5f);
                    assertThat(Arrays.copyOf(mixed, half))
                            .containsExactly(Arrays.copyOf(own, half), close);
                    assertThat(Arrays.copyOfRange(mixed, half, 2 * half))
                            .containsExactly(Arrays.copyOfRange(bare, half, 2 * half), close);
                }
            });
        }
    }

    private LoraAdapter read(Path from) {
        return read(from, decoder);
    }

    private static LoraAdapter read(Path from, Network network) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                return PeftFolder.read(from, network);
            }
        });
    }

    private double difference(String form, Adapters adapter) {
        return difference(model, form, decoder, adapter);
    }

    private static double difference(
            ReferenceModel model, String form, Network network, Adapters adapter) {
        return ReferenceCheck.read(model.folder().resolve("reference.json"))
                .withLogitsOf(model.folder().resolve(form, "reference.json"))
                .of(network, adapter)
                .difference();
    }
}
