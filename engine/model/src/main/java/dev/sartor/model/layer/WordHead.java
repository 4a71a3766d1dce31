package dev.sartor.model.layer;

import dev.sartor.model.Adapters;
import dev.sartor.model.Embedding;
import dev.sartor.model.Linear;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.WeightLoader;
import dev.sartor.tensor.Matrix;
import dev.sartor.tensor.Tensor;
import java.util.List;

/// Guesses the word at each token from its state (Devlin et al. 2018).
///
/// @param words its matrix is the word embedding, in most models
public record WordHead(Linear transform, Activation activation, Norm norm, Linear words) {
    /// The last layer, whose matrix is the embedding unless config.json unties them.
    ///
    /// @param module the layer's path
    /// @param bias where its bias is stored, if there is one, when it is not beside the matrix
    public static Linear words(
            ModelConfig config, WeightLoader weights, Embedding words, String module, String bias) {
        var tied = config.flag("tie_word_embeddings", true) || !weights.has(module + ".weight");
        long vocabulary = words.table().entries();
        long width = words.table().width();
        var names = tied ? List.of(bias, module + ".bias") : List.of(module + ".bias", bias);
        var added =
                names.stream()
                        .filter(weights::has)
                        .findFirst()
                        .map(name -> weights.tensor(name, vocabulary));
        return tied
                ? weights.tied(module, words, added)
                : Linear.of(
                        module,
                        Matrix.dense(weights.tensor(module + ".weight", vocabulary, width)),
                        added);
    }

    /// @param hidden [tokens, width]
    /// @return [tokens, vocabulary]
    public Tensor forward(Tensor hidden, Adapters adapters) {
        var inner = activation.forward(transform.forward(hidden, adapters));
        return words.forward(norm.forward(inner), adapters);
    }
}
