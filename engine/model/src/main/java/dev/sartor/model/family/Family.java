package dev.sartor.model.family;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.Tensor;
import dev.sartor.weights.Weights;

/// Decoders of one `model_type` of transformers.
public interface Family {
    /// @param config under the keys of config.json
    /// @param weights under the names of transformers, matrices as [out, in]
    /// @throws dev.sartor.core.SartorException a user's error that names a setting which is not supported
    Decoder build(ModelConfig config, WeightLoader weights);

    /// The configuration under the keys that {@link #build} reads, with the values that transformers takes where one is
    /// missing.
    ModelConfig completed(ModelConfig given);

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
}
