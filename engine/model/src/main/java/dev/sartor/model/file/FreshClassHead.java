package dev.sartor.model.file;

import dev.sartor.core.Json;
import dev.sartor.model.Labels;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.encoder.EncoderSettings;
import dev.sartor.model.family.encoder.HeadedWeights;
import dev.sartor.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// A head for classes on an encoder that has none, or one for other classes, as transformers begins the training of a
/// `…ForSequenceClassification` (modeling_bert.py and its relatives): the last layers drawn anew, the encoder kept.
///
/// @param labels in the order of the logits; a single one is the score of a text, or of a pair
public record FreshClassHead(String family, List<String> labels) {
    /// Where families keep such a head.
    ///
    /// @param classes transformers' name of the family's classes, such as `Bert`
    /// @param network what the encoder's names begin with under a head
    /// @param inner the layer before the last
    /// @param innerIsNew whether it belongs to this head alone, so that a stored one is of other classes
    /// @param norm after it, if the family has one
    /// @param last the layer that gives the logits
    /// @param others what the names of other heads begin with
    /// @param whole the modules that an adapter holds whole (PEFT's modules_to_save)
    private record Place(
            String classes,
            String network,
            String inner,
            boolean innerIsNew,
            List<String> norm,
            String last,
            List<String> others,
            List<String> whole) {}

    private static final Place BERT =
            new Place(
                    "Bert",
                    "bert.",
                    "bert.pooler.dense",
                    false,
                    List.of(),
                    "classifier",
                    List.of("cls."),
                    List.of("classifier"));

    private static final Place DISTILBERT =
            new Place(
                    "DistilBert",
                    "distilbert.",
                    "pre_classifier",
                    true,
                    List.of(),
                    "classifier",
                    List.of("vocab_"),
                    List.of("pre_classifier", "classifier"));

    private static final Place MODERNBERT =
            new Place(
                    "ModernBert",
                    "model.",
                    "head.dense",
                    false,
                    List.of("head.norm"),
                    "classifier",
                    List.of("decoder."),
                    List.of("classifier"));

    private static Place robertas(String classes, String network) {
        return new Place(
                classes,
                network,
                "classifier.dense",
                true,
                List.of(),
                "classifier.out_proj",
                List.of("lm_head."),
                List.of("classifier"));
    }

    private static final Map<String, Place> PLACES =
            Map.of(
                    "bert", BERT,
                    "camembert", robertas("Camembert", "roberta."),
                    "distilbert", DISTILBERT,
                    "modernbert", MODERNBERT,
                    "mpnet", robertas("MPNet", "mpnet."),
                    "roberta", robertas("Roberta", "roberta."),
                    "xlm-roberta", robertas("XLMRoberta", "roberta."));

    public FreshClassHead {
        labels = List.copyOf(labels);
        if (labels.isEmpty() || !PLACES.containsKey(family)) {
            throw new IllegalArgumentException("no head for " + labels + " on " + family);
        }
    }

    private Place place() {
        return PLACES.getOrDefault(family, BERT);
    }

    /// The modules that are trained as they are beside an adapter.
    public List<String> wholeModules() {
        return place().whole();
    }

    /// What config.json says of the classes.
    public ObjectNode settings() {
        var settings = Json.mapper().createObjectNode();
        settings.putArray("architectures").add(place().classes() + "ForSequenceClassification");
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
        int width = config.integer(family.equals("distilbert") ? "dim" : "hidden_size", 768);
        var head = new LinkedHashMap<String, List<Long>>();
        var isNew = place.innerIsNew() || !has(stored, place.inner() + ".weight");
        if (isNew) {
            head.put(place.inner() + ".weight", List.of((long) width, (long) width));
            if (!family.equals("modernbert")) {
                head.put(place.inner() + ".bias", List.of((long) width));
            }
        }
        for (var norm : place.norm()) {
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
