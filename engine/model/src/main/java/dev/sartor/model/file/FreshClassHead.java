package dev.sartor.model.file;

import dev.sartor.core.Json;
import dev.sartor.model.Labels;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.Families;
import dev.sartor.model.family.encoder.EncoderSettings;
import dev.sartor.model.family.encoder.HeadedWeights;
import dev.sartor.model.family.kind.ClassHeadPlace;
import dev.sartor.model.family.kind.EncoderFamily;
import dev.sartor.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// A head for classes on an encoder that has none, or one for other classes, as transformers begins the training of a
/// `…ForSequenceClassification` (modeling_bert.py and its relatives): the last layers drawn anew, the encoder kept.
///
/// @param labels in the order of the logits; a single one is the score of a text, or of a pair
public record FreshClassHead(String family, List<String> labels) {
    public FreshClassHead {
        labels = List.copyOf(labels);
        if (labels.isEmpty() || named(family).isEmpty()) {
            throw new IllegalArgumentException("no head for " + labels + " on " + family);
        }
    }

    private static Optional<EncoderFamily> named(String family) {
        return Families.named(family, EncoderFamily.class);
    }

    private EncoderFamily encoders() {
        return named(family).orElseThrow();
    }

    private ClassHeadPlace place() {
        return encoders().classHead();
    }

    /// The modules that are trained as they are beside an adapter.
    public List<String> wholeModules() {
        return place().whole();
    }

    /// What config.json says of the classes.
    public ObjectNode settings() {
        var settings = Json.mapper().createObjectNode();
        settings.putArray("architectures").add(encoders().classes() + "ForSequenceClassification");
        settings.put(
                "problem_type",
                labels.size() == 1 ? "multi_label_classification" : "single_label_classification");
        var names = settings.putObject("id2label");
        var numbers = settings.putObject("label2id");
        for (int i = 0; i < labels.size(); i++) {
            names.put(String.valueOf(i), labels.get(i));
            numbers.put(labels.get(i), i);
        }
        return settings;
    }

    /// Whether the stored head tells these very classes.
    boolean isStored(ModelConfig config, Weights stored) {
        return stored.has(place().last() + ".weight")
                && EncoderSettings.classifiesTexts(config)
                && Labels.of(config).names().equals(labels);
    }

    /// The encoder's weights under the names that they have beneath a head, with the head's own.
    Weights weights(ModelConfig config, Weights stored, RandomGenerator random) {
        var place = place();
        int width = config.integer(place.width(), 768);
        var head = new LinkedHashMap<String, List<Long>>();
        var inner = place.inner();
        var isNew = inner.isNew() || !has(stored, inner.module() + ".weight");
        if (isNew) {
            head.put(inner.module() + ".weight", List.of((long) width, (long) width));
            if (inner.biased()) {
                head.put(inner.module() + ".bias", List.of((long) width));
            }
        }
        for (var norm : inner.norms()) {
            if (!has(stored, norm + ".weight")) {
                head.put(norm + ".weight", List.of((long) width));
            }
        }
        head.put(place.last() + ".weight", List.of((long) labels.size(), (long) width));
        head.put(place.last() + ".bias", List.of((long) labels.size()));
        return new HeadedWeights(
                stored,
                place.network(),
                place.others(),
                head,
                new HeadedWeights.Draw(random, config.number("initializer_range", 0.02)));
    }

    private boolean has(Weights stored, String name) {
        var network = place().network();
        return stored.has(name)
                || (name.startsWith(network) && stored.has(name.substring(network.length())));
    }
}
