package dev.sartor.model.gguf;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.kind.GgufNaming;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.weights.gguf.GgufFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/// The parameters of a decoder in a GGUF file by the names that transformers gives them: {@link GgufNames} the other way.
public final class GgufModules {
    private static final List<String> KINDS = List.of(".weight", ".bias");
    private static final String EXPERTS = "ffn_gate_exps.weight";

    /// Tensors that say how positions turn; they are settings in transformers.
    public static final Set<String> ROPES =
            Set.of("rope_freqs.weight", "rope_factors_long.weight", "rope_factors_short.weight");

    private GgufModules() {}

    /// @param config what the file says
    /// @throws dev.sartor.core.SartorException a user's error for a tensor that has no name in transformers
    public static SequencedSet<String> names(GgufFile file, ModelConfig config) {
        var architecture = GgufConfig.architecture(file);
        var naming =
                GgufFamilies.traits(config.family())
                        .map(GgufTraits::naming)
                        .orElse(GgufNaming.USUAL);
        var gguf = GgufNames.of(config.family());
        int layers = config.integer("num_hidden_layers");
        var found = new LinkedHashSet<String>();
        var seen = new LinkedHashSet<>(ROPES);
        for (var name : candidates(naming, file, layers)) {
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

    private static List<String> candidates(GgufNaming naming, GgufFile file, int layers) {
        var names = new ArrayList<String>();
        for (var module : naming.whole().sequencedKeySet()) {
            KINDS.forEach(kind -> names.add(module + kind));
        }
        for (int layer = 0; layer < layers; layer++) {
            for (var module : naming.inLayer().sequencedKeySet()) {
                var name = naming.path() + layer + "." + module;
                KINDS.forEach(kind -> names.add(name + kind));
            }
            var experts = "blk." + layer + "." + EXPERTS;
            long count =
                    file.names().contains(experts) ? file.tensor(experts).shape().getFirst() : 0;
            for (int expert = 0; expert < count; expert++) {
                for (var matrix : List.of("gate_proj", "up_proj", "down_proj")) {
                    names.add(
                            naming.path()
                                    + layer
                                    + ".mlp.experts."
                                    + expert
                                    + "."
                                    + matrix
                                    + ".weight");
                }
            }
        }
        return names;
    }
}
