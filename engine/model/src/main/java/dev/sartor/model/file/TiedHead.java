package dev.sartor.model.file;

import dev.sartor.core.SartorException;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.adapter.AdapterSum;
import dev.sartor.model.family.Families;
import java.util.Collection;
import java.util.Map;

/// The matrix that gives the logits, and the table of tokens that it may be. Where an adapter changes one of the two, they are
/// two afterwards.
///
/// @param name of the head's weight
/// @param table of the table's weight
/// @param tied whether both are one in the model's files
/// @param parts whether they are not any more once the adapters are laid in
record TiedHead(String name, String table, boolean tied, boolean parts) {
    private static final Map<String, String> TABLES =
            Map.of(
                    "gpt2", "transformer.wte.weight",
                    "gpt_neox", "gpt_neox.embed_in.weight",
                    "t5", "shared.weight");

    static TiedHead of(ModelConfig config, Collection<String> names, AdapterSum adapters) {
        var family = config.family();
        var head = family.equals("gpt_neox") ? "embed_out.weight" : "lm_head.weight";
        var table = TABLES.getOrDefault(family, "model.embed_tokens.weight");
        boolean tied = names.contains(table) && isTied(config, names.contains(head));
        boolean parts = tied && (adapters.changes(head) || adapters.changes(table));
        if (parts && family.equals("t5")) {
            throw SartorException.user(
                    "an adapter that changes T5's shared table or lm_head cannot be merged: both are one matrix there, whose"
                            + " states are scaled for it");
        }
        return new TiedHead(head, table, tied, parts);
    }

    private static boolean isTied(ModelConfig config, boolean hasHead) {
        return switch (config.family()) {
            case "t5" -> config.flag("tie_word_embeddings", true);
            case "gpt_neox" -> config.flag("tie_word_embeddings", false);
            default ->
                    Families.has(config.family())
                            && Families.of(config)
                                    .completed(config)
                                    .flag("tie_word_embeddings", !hasHead);
        };
    }
}
