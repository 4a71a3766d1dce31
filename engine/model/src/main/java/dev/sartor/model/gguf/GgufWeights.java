package dev.sartor.model.gguf;

import dev.sartor.core.SartorException;
import dev.sartor.model.ModelConfig;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.weights.Weights;
import dev.sartor.weights.gguf.GgmlBlocks;
import dev.sartor.weights.gguf.GgufFile;
import java.util.List;
import java.util.Set;

/// Weights from a GGUF file, under the names of transformers. Rows that llama.cpp's convert_hf_to_gguf.py puts into another
/// order are put back as they are read: the Llama family's queries and keys, which stand there in pairs instead of halves
/// (`permute`), and GPT-NeoX's, which stand there side by side instead of head by head.
public final class GgufWeights implements Weights {
    private static final Set<String> PAIRED = Set.of("llama", "smollm3");

    private final GgufFile file;
    private final ModelConfig config;
    private final String architecture;
    private final GgufNames names;

    public GgufWeights(GgufFile file, ModelConfig config) {
        this.file = file;
        this.config = config;
        this.architecture = GgufConfig.architecture(file);
        this.names = new GgufNames(architecture);
    }

    @Override
    public boolean has(String name) {
        return file.names().contains(names.place(name).tensor());
    }

    @Override
    public List<Long> shape(String name) {
        var place = names.place(name);
        var shape = file.shape(place.tensor());
        return place.expert().isPresent() ? shape.subList(1, shape.size()) : shape;
    }

    @Override
    public void readInto(String name, Tensor target) {
        var entry = entry(name);
        switch (target.type()) {
            case F32 -> GgmlBlocks.toFloat32(entry.type(), entry.blocks(), target.memory());
            case BF16 -> GgmlBlocks.toBfloat16(entry.type(), entry.blocks(), target.memory());
            case F16, F64, I64, I32, I8, U8, BOOL ->
                    throw SartorException.defect("GGUF is decoded to F32 or BF16 only");
        }
        restoreOrder(architecture, config, name, target);
    }

    /// One expert's matrix is a part of the tensor that holds them all.
    private GgufFile.Entry entry(String name) {
        var place = names.place(name);
        var whole = file.tensor(place.tensor());
        if (place.expert().isEmpty()) {
            return whole;
        }
        long size = whole.blocks().byteSize() / whole.shape().getFirst();
        return new GgufFile.Entry(
                whole.type(),
                whole.shape().subList(1, whole.shape().size()),
                whole.blocks().asSlice(place.expert().getAsInt() * size, size));
    }

    /// From the order that GGUF has to that of transformers.
    private static void restoreOrder(
            String architecture, ModelConfig config, String name, Tensor target) {
        int heads = paired(architecture, config, name);
        if (heads > 0) {
            swap(target, heads, target.size(0) / heads / 2, 2);
        } else if (name.contains("attention.query_key_value")) {
            swap(target, 1, 3, config.integer("num_attention_heads"));
        }
    }

    /// From the order of transformers to that of GGUF.
    public static void storeOrder(
            String architecture, ModelConfig config, String name, Tensor target) {
        int heads = paired(architecture, config, name);
        if (heads > 0) {
            swap(target, heads, 2, target.size(0) / heads / 2);
        } else if (name.contains("attention.query_key_value")) {
            swap(target, 1, config.integer("num_attention_heads"), 3);
        }
    }

    /// How many heads' rows stand in pairs; 0 where they do not.
    private static int paired(String architecture, ModelConfig config, String name) {
        if (PAIRED.contains(architecture) && name.contains("self_attn.q_proj")) {
            return config.integer("num_attention_heads");
        }
        return PAIRED.contains(architecture) && name.contains("self_attn.k_proj")
                ? config.integer("num_key_value_heads", config.integer("num_attention_heads"))
                : 0;
    }

    /// Rows that count as [outer, one, other] become [outer, other, one].
    private static void swap(Tensor rows, long outer, long one, long other) {
        try (var _ = TensorScope.open()) {
            var columns = rows.count() / (outer * one * other);
            var swapped = rows.view(outer, one, other, columns).transposed(1, 2).contiguous();
            rows.copyFrom(swapped.view(rows.shape()));
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
