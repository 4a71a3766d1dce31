package dev.sartor.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Copies a GGUF file of F32 tensors, with a byte-level vocabulary of as many tokens as the model has rows.
final class SmallVocabulary {
    private SmallVocabulary() {}

    static void into(Path from, Path to) {
        try (var file = GgufFile.open(from, WeightAccess.COPIED)) {
            var keys = GgufKeys.of(file.metadata());
            int rows = file.tensor("token_embd.weight").shape().getFirst().intValue();
            keys.put("tokenizer.ggml.model", "gpt2");
            keys.put("tokenizer.ggml.pre", "qwen2");
            var tokens = new ArrayList<String>();
            var types = new long[rows];
            for (int id = 0; id < rows; id++) {
                tokens.add(id == 0 ? "<|end|>" : "t" + id);
                types[id] = id == 0 ? 3 : 1;
            }
            keys.put("tokenizer.ggml.tokens", tokens);
            keys.put("tokenizer.ggml.token_type", types);
            keys.put("tokenizer.ggml.merges", List.<String>of());
            keys.put("tokenizer.ggml.eos_token_id", 0);
            var slots =
                    file.names().stream()
                            .map(name ->
                                    new GgufWriter.Slot(
                                            name, file.tensor(name).shape(), WeightType.F32))
                            .toList();
            GgufWriter.write(
                    to,
                    keys,
                    slots,
                    (slot, out) ->
                            out.write(
                                    file.tensor(slot.name())
                                            .blocks()
                                            .toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)));
        }
    }
}
