package dev.sartor.model.network;

import dev.sartor.core.SartorException;
import java.util.List;
import java.util.Optional;

/// What an architecture calls parts of its networks, by their paths in transformers' model.
///
/// @param table the table of tokens, whose gradient is as large as it is; empty where the architecture has one that counts
///     for nothing
/// @param head what gives logits of words; likewise
/// @param targets what an adapter changes where nothing is named: what PEFT takes where target_modules is null
///     (TRANSFORMERS_MODELS_TO_LORA_TARGET_MODULES_MAPPING in peft/utils/constants.py)
public record NetworkNames(
        Optional<String> table, Optional<String> head, Optional<ModuleNames> targets) {
    /// Of a network whose words are neither looked up nor given by what an adapter may change.
    public static NetworkNames none() {
        return new NetworkNames(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static NetworkNames of(String table, String head) {
        return new NetworkNames(Optional.of(table), Optional.of(head), Optional.empty());
    }

    /// Without a table that counts.
    public static NetworkNames ofHead(String head) {
        return new NetworkNames(Optional.empty(), Optional.of(head), Optional.empty());
    }

    /// @param layers the last parts of their paths
    public NetworkNames targeting(String... layers) {
        return new NetworkNames(table, head, Optional.of(new ModuleNames.Listed(List.of(layers))));
    }

    /// Whether a parameter belongs to the table of tokens.
    public boolean isOfTable(String parameter) {
        return table.filter(module -> parameter.startsWith(module + ".")).isPresent();
    }

    /// Whether a parameter belongs to the table of tokens or the head.
    public boolean isOfWords(String parameter) {
        return isOfTable(parameter)
                || head.filter(module -> parameter.startsWith(module + ".")).isPresent();
    }

    /// @param family the architecture's name in config.json, for an error
    /// @throws SartorException a user's error where an architecture has no usual targets
    ModuleNames usual(String family) {
        return targets.orElseThrow(() ->
                SartorException.user(
                        "an adapter's target_modules must be named for the family '"
                                + family
                                + "', which has no usual ones: name layers, or all-linear"));
    }
}
