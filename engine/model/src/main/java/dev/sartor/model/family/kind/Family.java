package dev.sartor.model.family.kind;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.NetworkNames;
import java.util.Optional;

/// An architecture: networks of one `model_type` of transformers, and all that is known of them.
public sealed interface Family permits DecoderFamily, EncoderFamily, EncoderDecoderFamily {
    /// The architecture's name in config.json, such as `llama` or `bert`.
    String name();

    /// The class of transformers that a whole model is saved from.
    String transformersClass();

    /// What the network's parts are called, and which of them an adapter usually changes.
    NetworkNames names();

    /// The sizes that memory depends on.
    ///
    /// @param config as config.json has it
    ModelShape shape(ModelConfig config);

    /// GGUF's word for the architecture; empty where GGUF files of it are not known here.
    Optional<String> ggufArchitecture();

    /// Whether the head is the table of tokens.
    ///
    /// @param config as config.json has it
    /// @param hasHead whether a head is stored
    boolean tied(ModelConfig config, boolean hasHead);
}
