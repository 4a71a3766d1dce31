package dev.sartor.model.family.encoder;

import dev.sartor.model.family.kind.GgufEncoding;
import dev.sartor.weights.gguf.GgufFile;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// BERT as llama.cpp stores it (gguf-py's tensor_mapping.py).
final class BertGguf implements GgufEncoding {
    private static final Pattern LAYER =
            Pattern.compile("encoder\\.layer\\.(\\d+)\\.(.+)\\.(\\w+)");
    private static final Map<String, String> WHOLE =
            Map.of(
                    "embeddings.word_embeddings.weight", "token_embd.weight",
                    "embeddings.position_embeddings.weight", "position_embd.weight",
                    "embeddings.token_type_embeddings.weight", "token_types.weight",
                    "embeddings.LayerNorm.weight", "token_embd_norm.weight",
                    "embeddings.LayerNorm.bias", "token_embd_norm.bias");
    private static final Map<String, String> PARTS =
            Map.of(
                    "attention.self.query", "attn_q",
                    "attention.self.key", "attn_k",
                    "attention.self.value", "attn_v",
                    "attention.output.dense", "attn_output",
                    "attention.output.LayerNorm", "attn_output_norm",
                    "intermediate.dense", "ffn_up",
                    "output.dense", "ffn_down",
                    "output.LayerNorm", "layer_output_norm");

    @Override
    public String architecture() {
        return "bert";
    }

    @Override
    public String tensor(String name) {
        var layer = LAYER.matcher(name);
        if (!layer.matches()) {
            return WHOLE.getOrDefault(name, name);
        }
        return Optional.ofNullable(PARTS.get(layer.group(2)))
                .map(part -> "blk." + layer.group(1) + "." + part + "." + layer.group(3))
                .orElse(name);
    }

    @Override
    public void complete(ObjectNode config, GgufFile file) {
        if (file.names().contains("token_types.weight")) {
            var types = file.tensor("token_types.weight").shape().getFirst();
            config.put("type_vocab_size", types.intValue());
        }
    }
}
