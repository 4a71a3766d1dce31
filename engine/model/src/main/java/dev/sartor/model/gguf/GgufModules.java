package dev.sartor.model.gguf;

import dev.sartor.weights.gguf.GgufFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/// The parameters of a decoder in a GGUF file by the names that transformers gives them: {@link GgufNames} the other way.
///
/// @param path of the layers, with a dot at its end
/// @param inLayer modules of each layer
public record GgufModules(List<String> whole, String path, List<String> inLayer) {
    private static final List<String> KINDS = List.of(".weight", ".bias");
    private static final String EXPERTS = "ffn_gate_exps.weight";

    /// Tensors that say how positions turn; they are settings in transformers.
    public static final Set<String> ROPES =
            Set.of("rope_freqs.weight", "rope_factors_long.weight", "rope_factors_short.weight");

    private static GgufModules of(String architecture) {
        return switch (architecture) {
            case "gpt2" ->
                    new GgufModules(
                            List.of(
                                    "transformer.wte",
                                    "transformer.wpe",
                                    "transformer.ln_f",
                                    "lm_head"),
                            "transformer.h.",
                            List.of(
                                    "ln_1",
                                    "attn.c_attn",
                                    "attn.c_proj",
                                    "ln_2",
                                    "mlp.c_fc",
                                    "mlp.c_proj"));
            case "gptneox" ->
                    new GgufModules(
                            List.of("gpt_neox.embed_in", "gpt_neox.final_layer_norm", "embed_out"),
                            "gpt_neox.layers.",
                            List.of(
                                    "input_layernorm",
                                    "attention.query_key_value",
                                    "attention.dense",
                                    "post_attention_layernorm",
                                    "mlp.dense_h_to_4h",
                                    "mlp.dense_4h_to_h"));
            default ->
                    new GgufModules(
                            List.of("model.embed_tokens", "model.norm", "lm_head"),
                            "model.layers.",
                            inLayers(architecture));
        };
    }

    private static List<String> inLayers(String architecture) {
        var modules =
                new ArrayList<>(
                        List.of(
                                "input_layernorm",
                                "self_attn.q_proj",
                                "self_attn.k_proj",
                                "self_attn.v_proj",
                                "self_attn.qkv_proj",
                                "self_attn.q_norm",
                                "self_attn.k_norm",
                                "self_attn.o_proj",
                                "post_attention_layernorm"));
        if (architecture.startsWith("gemma")) {
            modules.addAll(List.of("pre_feedforward_layernorm", "post_feedforward_layernorm"));
        }
        modules.addAll(
                architecture.equals("phi3")
                        ? List.of("mlp.gate_up_proj")
                        : List.of("mlp.gate", "mlp.gate_proj", "mlp.up_proj"));
        modules.add("mlp.down_proj");
        return modules;
    }

    /// @throws dev.sartor.core.SartorException a user's error for a tensor that has no name in transformers
    public static SequencedSet<String> names(GgufFile file, int layers) {
        var architecture = GgufConfig.architecture(file);
        var modules = of(architecture);
        var gguf = new GgufNames(architecture);
        var found = new LinkedHashSet<String>();
        var seen = new LinkedHashSet<>(ROPES);
        for (var name : modules.candidates(file, layers)) {
            var tensor = gguf.place(name).tensor();
            if (file.names().contains(tensor)) {
                found.add(name);
                seen.add(tensor);
            }
        }
        for (var tensor : file.names()) {
            if (!seen.contains(tensor)) {
                throw file.metadata()
                        .broken(
                                "tensor '"
                                        + tensor
                                        + "' of the architecture '"
                                        + architecture
                                        + "' has no name in transformers that is known here");
            }
        }
        return found;
    }

    private List<String> candidates(GgufFile file, int layers) {
        var names = new ArrayList<String>();
        for (var module : whole) {
            KINDS.forEach(kind -> names.add(module + kind));
        }
        for (int layer = 0; layer < layers; layer++) {
            for (var module : inLayer) {
                var name = path + layer + "." + module;
                KINDS.forEach(kind -> names.add(name + kind));
            }
            var experts = "blk." + layer + "." + EXPERTS;
            long count =
                    file.names().contains(experts) ? file.tensor(experts).shape().getFirst() : 0;
            for (int expert = 0; expert < count; expert++) {
                for (var matrix : List.of("gate_proj", "up_proj", "down_proj")) {
                    names.add(path + layer + ".mlp.experts." + expert + "." + matrix + ".weight");
                }
            }
        }
        return names;
    }
}
