package dev.sartor.retrieve.text;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.split.TextSplitter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// How much a text looks as if it told a model what to do. Each sentence is looked at for a few signs, such as a verb that
/// commands at its beginning or talk of "your answer"; each sign that it shows adds its weight (a logistic regression), and
/// the text's score is that of its worst sentence. Signs and weights stand in `injection.json`, made by
/// bench/train_injection.py; what it finds and what it wrongly flags stands in bench/results/injection.json.
///
/// @param intercept of a sentence that shows no sign, in log-odds
/// @param threshold from which a text is flagged, 0 to 1
public record InjectionScore(List<Sign> signs, double intercept, double threshold) {
    private static final InjectionScore USUAL = read("injection.json");

    public InjectionScore {
        signs = List.copyOf(signs);
    }

    /// @param weight in log-odds
    record Sign(String name, Pattern pattern, double weight) {}

    /// As it is shipped.
    public static InjectionScore usual() {
        return USUAL;
    }

    private static InjectionScore read(String resource) {
        try (var file = InjectionScore.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw SartorException.defect(resource + " is missing in the program");
            }
            return of(Json.mapper().readTree(file));
        } catch (IOException e) {
            throw SartorException.defect("cannot read " + resource, e);
        }
    }

    private static InjectionScore of(JsonNode json) {
        var signs = new ArrayList<Sign>();
        for (var each : json.path("signs")) {
            signs.add(
                    new Sign(
                            each.path("name").asString(),
                            Pattern.compile(each.path("pattern").asString()),
                            each.path("weight").asDouble()));
        }
        return new InjectionScore(
                signs, json.path("intercept").asDouble(), json.path("threshold").asDouble());
    }

    /// The worst sentence's probability, 0 to 1.
    public double of(String text) {
        return TextSplitter.sentences(text).stream().mapToDouble(this::sentence).max().orElse(0);
    }

    public boolean flags(String text) {
        return of(text) >= threshold;
    }

    private double sentence(String sentence) {
        double odds = intercept;
        for (var sign : signs) {
            odds += sign.pattern().matcher(sentence).find() ? sign.weight() : 0;
        }
        return 1 / (1 + Math.exp(-odds));
    }
}
