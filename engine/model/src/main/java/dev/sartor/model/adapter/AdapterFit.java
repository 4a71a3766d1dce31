package dev.sartor.model.adapter;

import dev.sartor.core.SartorException;
import dev.sartor.model.network.LoraLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether an adapter's tensors fit a model's parameters.
///
/// @param shapes of the model's parameters, matrices as [out, in]
record AdapterFit(AdapterSum.Term term, Map<String, List<Long>> shapes) {
    private static final Map<String, String> OTHER_HALF =
            Map.of(
                    "lora_A.weight", "lora_B.weight",
                    "lora_B.weight", "lora_A.weight",
                    "lora_embedding_A", "lora_embedding_B",
                    "lora_embedding_B", "lora_embedding_A");

    /// @param key of one of its tensors
    /// @param module that it is for
    void check(String key, String module) {
        var name = key.substring(LoraLayout.PREFIX.length() + module.length() + 1);
        var parameter = module + (name.endsWith("bias") ? ".bias" : ".weight");
        var own =
                Optional.ofNullable(shapes.get(parameter))
                        .orElseThrow(() -> otherModel(key, "this model has no " + parameter));
        if (name.endsWith("weight") && own.size() != 2 && !name.startsWith("lora_")) {
            throw otherModel(key, parameter + " is neither a linear layer nor a table");
        }
        var half = OTHER_HALF.get(name);
        if (half != null && !holds(module, half)) {
            throw damaged(module, half);
        }
        if (term.adapter().settings().dora()
                && half != null
                && !holds(module, "lora_magnitude_vector")) {
            throw damaged(module, "lora_magnitude_vector");
        }
        var expected = expected(name, module, own);
        var stored = term.adapter().tensors().place(key).shape();
        if (!stored.equals(expected)) {
            throw otherModel(
                    key,
                    "it has the shape "
                            + stored
                            + ", this model and the settings need "
                            + expected);
        }
    }

    private List<Long> expected(String name, String module, List<Long> own) {
        long rank = term.adapter().settings().ranks().of(module).rank();
        boolean table = holds(module, "lora_embedding_A");
        return switch (name) {
            case "lora_A.weight" -> List.of(rank, own.getLast());
            case "lora_B.weight" -> List.of(own.getFirst(), rank);
            case "lora_embedding_A" -> List.of(rank, own.getFirst());
            case "lora_embedding_B" -> List.of(own.getLast(), rank);
            case "lora_magnitude_vector" -> List.of(table ? own.getLast() : own.getFirst());
            default -> own;
        };
    }

    private boolean holds(String module, String name) {
        return term.adapter().tensors().names().contains(LoraLayout.PREFIX + module + "." + name);
    }

    private SartorException damaged(String module, String name) {
        return SartorException.user(
                "adapter "
                        + term.adapter().folder()
                        + " lacks "
                        + LoraLayout.PREFIX
                        + module
                        + "."
                        + name
                        + ": it is damaged, write it again");
    }

    private SartorException otherModel(String key, String why) {
        return SartorException.user(
                "adapter "
                        + term.adapter().folder()
                        + " is for another model: at "
                        + key
                        + ", "
                        + why
                        + ". Its base is named in "
                        + PeftConfig.NAME
                        + "; export that one.");
    }
}
