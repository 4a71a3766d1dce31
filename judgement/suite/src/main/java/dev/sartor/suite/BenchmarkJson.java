package dev.sartor.suite;

import dev.sartor.core.Json;
import dev.sartor.suite.score.ItemAnswer;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Results as JSON: figures under lm-eval's names, and each item where it is wanted.
public final class BenchmarkJson {
    private BenchmarkJson() {}

    /// @param withItems whether each item's log-likelihoods, text and metrics are in it
    public static ObjectNode of(TaskResult result, boolean withItems) {
        var json = Json.mapper().createObjectNode();
        json.put("task", result.task().name());
        json.put("version", result.task().version());
        json.put("file", result.task().file());
        json.put("few_shot", result.fewShot());
        json.put("items_measured", result.answers().size());
        json.put("seconds", Math.round(result.seconds() * 1000) / 1000.0);
        put(json.putObject("metrics"), result.figures());
        if (!result.subjects().isEmpty()) {
            var subjects = json.putObject("subjects");
            result.subjects()
                    .forEach((subject, figures) -> put(subjects.putObject(subject), figures));
        }
        if (withItems) {
            var items = json.putArray("items");
            for (int i = 0; i < result.answers().size(); i++) {
                items.add(item(i, result.answers().get(i)));
            }
        }
        return json;
    }

    private static void put(ObjectNode json, List<Figure> figures) {
        for (var each : figures) {
            json.put(each.metric(), each.value());
            int comma = each.metric().indexOf(',');
            var error =
                    each.metric().substring(0, comma) + "_stderr" + each.metric().substring(comma);
            if (each.standardError().isPresent()) {
                json.put(error, each.standardError().getAsDouble());
            }
        }
    }

    private static ObjectNode item(int number, ItemAnswer answer) {
        var json = Json.mapper().createObjectNode();
        json.put("item", number);
        json.put("row", answer.item().source().origin().toString());
        if (answer.text().isPresent()) {
            json.put("text", answer.text().get());
            var answers = json.putObject("answers");
            answer.answers().forEach(answers::put);
        } else {
            var likelihoods = json.putArray("log_likelihoods");
            var greedy = json.putArray("greedy");
            for (int i = 0; i < answer.logLikelihoods().length; i++) {
                likelihoods.add(answer.logLikelihoods()[i]);
                greedy.add(answer.greedy()[i]);
            }
        }
        var metrics = json.putObject("metrics");
        answer.metrics().forEach(metrics::put);
        return json;
    }
}
