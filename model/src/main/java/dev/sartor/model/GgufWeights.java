package dev.sartor.model;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Weights from a GGUF file, under the names of transformers. llama.cpp stores the query and key rows of the Llama family
/// in pairs (its convert_hf_to_gguf.py, `permute`); they are put back into halves as they are read.
final class GgufWeights implements Weights {
    private static final Pattern LAYER = Pattern.compile("model\\.layers\\.(\\d+)\\.(.+)");
    private static final Map<String, String> WHOLE =
            Map.of(
                    "model.embed_tokens.weight", "token_embd.weight",
                    "model.norm.weight", "output_norm.weight",
                    "lm_head.weight", "output.weight");
    private static final Map<String, String> BLOCK =
            Map.of(
                    "input_layernorm", "attn_norm",
                    "self_attn.q_proj", "attn_q",
                    "self_attn.k_proj", "attn_k",
                    "self_attn.v_proj", "attn_v",
                    "self_attn.o_proj", "attn_output",
                    "post_attention_layernorm", "ffn_norm",
                    "mlp.gate_proj", "ffn_gate",
                    "mlp.up_proj", "ffn_up",
                    "mlp.down_proj", "ffn_down");

    private final GgufFile file;
    private final ModelConfig config;

    GgufWeights(GgufFile file, ModelConfig config) {
        this.file = file;
        this.config = config;
    }

    @Override
    public boolean has(String name) {
        return file.names().contains(ggufName(name));
    }

    @Override
    public List<Long> shape(String name) {
        return file.tensor(ggufName(name)).shape();
    }

    @Override
    public void readInto(String name, Tensor target) {
        var entry = file.tensor(ggufName(name));
        switch (target.type()) {
            case F32 -> GgmlBlocks.toFloat32(entry.type(), entry.blocks(), target.memory());
            case BF16 -> GgmlBlocks.toBfloat16(entry.type(), entry.blocks(), target.memory());
            case F16, F64, I64, I32, I8, U8, BOOL ->
                    throw SartorException.defect("GGUF is decoded to F32 or BF16 only");
        }
        if (config.family().equals("llama")) {
            if (name.contains("self_attn.q_proj")) {
                fromPairsToHalves(target, config.integer("num_attention_heads"));
            } else if (name.contains("self_attn.k_proj")) {
                fromPairsToHalves(target, config.integer("num_key_value_heads"));
            }
        }
    }

    @Override
    public void close() {
        file.close();
    }

    private static void fromPairsToHalves(Tensor rows, int heads) {
        try (var _ = TensorScope.open()) {
            var columns = rows.count() / rows.size(0);
            var halves =
                    rows.view(heads, rows.size(0) / heads / 2, 2, columns)
                            .transposed(1, 2)
                            .contiguous();
            rows.copyFrom(halves.view(rows.shape()));
        }
    }

    private static String ggufName(String name) {
        var whole = WHOLE.get(name);
        if (whole != null) {
            return whole;
        }
        var layer = LAYER.matcher(name);
        if (layer.matches()) {
            var dot = layer.group(2).lastIndexOf('.');
            var block = BLOCK.get(layer.group(2).substring(0, dot));
            if (block != null) {
                return "blk." + layer.group(1) + "." + block + layer.group(2).substring(dot);
            }
        }
        return name;
    }
}
