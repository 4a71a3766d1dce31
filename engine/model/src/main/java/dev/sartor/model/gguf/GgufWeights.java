package dev.sartor.model.gguf;

import dev.sartor.core.SartorException;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.weights.Weights;
import dev.sartor.weights.gguf.GgmlBlocks;
import dev.sartor.weights.gguf.GgufFile;
import java.util.List;

/// Weights from a GGUF file, under the names of transformers. Rows that llama.cpp's convert_hf_to_gguf.py puts into another
/// order are put back as they are read: the Llama family's queries and keys, which stand there in pairs instead of halves
/// (`permute`), and GPT-NeoX's, which stand there side by side instead of head by head.
public final class GgufWeights implements Weights {
    private final GgufFile file;
    private final ModelConfig config;
    private final GgufNames names;

    public GgufWeights(GgufFile file, ModelConfig config) {
        this.file = file;
        this.config = config;
        this.names = GgufNames.of(config.family());
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
        restoreOrder(config, name, target);
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
    private static void restoreOrder(ModelConfig config, String name, Tensor target) {
        int heads = paired(config, name);
        if (heads > 0) {
            swap(target, heads, target.size(0) / heads / 2, 2);
        } else if (isByHead(config, name)) {
            swap(target, 1, 3, config.integer("num_attention_heads"));
        }
    }

    /// From the order of transformers to that of GGUF.
    public static void storeOrder(ModelConfig config, String name, Tensor target) {
        int heads = paired(config, name);
        if (heads > 0) {
            swap(target, heads, 2, target.size(0) / heads / 2);
        } else if (isByHead(config, name)) {
            swap(target, 1, config.integer("num_attention_heads"), 3);
        }
    }

    /// How many heads' rows stand in pairs; 0 where they do not.
    private static int paired(ModelConfig config, String name) {
        boolean pairs =
                GgufFamilies.traits(config.family())
                        .filter(traits -> traits.turning() == GgufTraits.Turning.PAIRED)
                        .isPresent();
        if (pairs && name.contains("self_attn.q_proj")) {
            return config.integer("num_attention_heads");
        }
        return pairs && name.contains("self_attn.k_proj")
                ? config.integer("num_key_value_heads", config.integer("num_attention_heads"))
                : 0;
    }

    private static boolean isByHead(ModelConfig config, String name) {
        return GgufFamilies.traits(config.family())
                .flatMap(traits -> traits.naming().byHead())
                .filter(name::contains)
                .isPresent();
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
