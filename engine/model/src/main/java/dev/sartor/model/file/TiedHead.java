package dev.sartor.model.file;

import dev.sartor.core.SartorException;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.adapter.AdapterSum;
import dev.sartor.model.family.Families;
import dev.sartor.model.family.kind.EncoderDecoderFamily;
import dev.sartor.model.family.kind.Family;
import dev.sartor.model.network.NetworkNames;
import java.util.Collection;

/// The matrix that gives the logits, and the table of tokens that it may be. Where an adapter changes one of the two, they are
/// two afterwards.
///
/// @param name of the head's weight
/// @param table of the table's weight
/// @param tied whether both are one in the model's files
/// @param parts whether they are not any more once the adapters are laid in
record TiedHead(String name, String table, boolean tied, boolean parts) {
    static TiedHead of(ModelConfig config, Collection<String> names, AdapterSum adapters) {
        var family = Families.named(config.family());
        var modules = family.map(Family::names).orElse(NetworkNames.none());
        var head = modules.head().orElse("lm_head") + ".weight";
        var table = modules.table().orElse("model.embed_tokens") + ".weight";
        boolean tied =
                names.contains(table)
                        && family.map(f -> f.tied(config, names.contains(head))).orElse(false);
        boolean parts = tied && (adapters.changes(head) || adapters.changes(table));
        if (parts && family.get() instanceof EncoderDecoderFamily both) {
            throw SartorException.user(both.inseparable());
        }
        return new TiedHead(head, table, tied, parts);
    }
}
