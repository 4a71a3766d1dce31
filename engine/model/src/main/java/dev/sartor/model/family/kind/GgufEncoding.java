package dev.sartor.model.family.kind;

import dev.sartor.weights.gguf.GgufFile;
import tools.jackson.databind.node.ObjectNode;

/// How models that encode stand in GGUF files, where each architecture has names of its own.
public interface GgufEncoding {
    /// GGUF's word for it.
    String architecture();

    /// The tensor that holds a weight of transformers; a name that GGUF has no word for as it is.
    String tensor(String name);

    /// Adds what the family asks for, under its own keys.
    ///
    /// @param config has what decoders ask for, so far as the metadata say it
    void complete(ObjectNode config, GgufFile file);
}
