package dev.sartor.model.family.kind;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tensor.Tensor;
import dev.sartor.weights.Weights;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Decoders of one `model_type` of transformers.
public non-sealed interface DecoderFamily extends Family {
    /// Keys of config.json that most decoders have.
    List<String> SHARED_KEYS =
            List.of(
                    "model_type",
                    "hidden_size",
                    "intermediate_size",
                    "num_hidden_layers",
                    "num_attention_heads",
                    "num_key_value_heads",
                    "head_dim",
                    "max_position_embeddings",
                    "original_max_position_embeddings",
                    "vocab_size",
                    "tie_word_embeddings",
                    "rms_norm_eps",
                    "rope_parameters");

    /// @param config under the keys of config.json
    /// @param weights under the names of transformers, matrices as [out, in]
    /// @throws dev.sartor.core.SartorException a user's error that names a setting which is not supported
    Decoder build(ModelConfig config, WeightLoader weights);

    /// The configuration under the keys that {@link #build} reads, with the values that transformers takes where one is
    /// missing.
    ModelConfig completed(ModelConfig given);

    /// Llama's, with no usual targets.
    @Override
    default NetworkNames names() {
        return NetworkNames.of("model.embed_tokens", "lm_head");
    }

    /// The weights of a safetensors file as {@link #build} wants them, where the family stores them otherwise.
    default Weights arranged(Weights safetensors) {
        return safetensors;
    }

    /// A parameter as a safetensors file holds it: the inverse of {@link #arranged}.
    ///
    /// @param own as the network has it
    default Tensor stored(String name, Tensor own) {
        return own;
    }

    /// The shape of what {@link #stored} gives.
    ///
    /// @param own as the network has it
    default List<Long> storedShape(String name, List<Long> own) {
        return own;
    }

    /// What a safetensors file leaves out at the beginning of all names.
    ///
    /// @param stored the file's names
    default String missingPrefix(Collection<String> stored) {
        return "";
    }

    /// Keys of config.json beside {@link #SHARED_KEYS}, which other families need not have.
    default List<String> ownKeys() {
        return List.of();
    }

    /// What config.json calls each setting that a GGUF file says, by the names that are read from there.
    default SequencedMap<String, String> configKeys() {
        var keys = new LinkedHashMap<String, String>();
        Stream.concat(SHARED_KEYS.stream(), ownKeys().stream()).forEach(key -> keys.put(key, key));
        return keys;
    }

    /// How models stand in GGUF files; empty where that is not known here.
    default Optional<GgufTraits> gguf() {
        return Optional.empty();
    }

    @Override
    default Optional<String> ggufArchitecture() {
        return gguf().map(GgufTraits::architecture);
    }

    @Override
    default boolean tied(ModelConfig config, boolean hasHead) {
        return completed(config).flag("tie_word_embeddings", !hasHead);
    }
}
