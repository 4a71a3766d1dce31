package dev.sartor.model.family.encoder;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.network.Encoder;
import dev.sartor.tensor.DType;
import dev.sartor.weights.Weights;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The families of encoders, by the names that config.json and GGUF files give them. A new one is a line here.
public final class EncoderFamilies {
    /// Makes the network of a family.
    @FunctionalInterface
    public interface Family {
        Encoder build(ModelConfig config, Weights stored, DType type);
    }

    private static final Map<String, Family> BY_NAME =
            Map.of(
                    "bert", BertFamily::build,
                    "camembert", RobertaFamily::build,
                    "distilbert", DistilBertFamily::build,
                    "modernbert", ModernBertFamily::build,
                    "mpnet", MpnetFamily::build,
                    "roberta", RobertaFamily::build,
                    "xlm-roberta", RobertaFamily::build);

    private EncoderFamilies() {}

    public static Optional<Family> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /// For an error's text.
    public static String known() {
        return String.join(", ", new TreeMap<>(BY_NAME).keySet());
    }
}
