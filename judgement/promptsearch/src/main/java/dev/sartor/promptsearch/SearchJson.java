package dev.sartor.promptsearch;

import dev.sartor.core.Score;
import dev.sartor.evaluate.PairedComparison;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A search's result as it is written and printed. Texts of examples are not in it: it names them.
public final class SearchJson {
    private SearchJson() {}

    public static Map<String, Object> of(SearchResult result) {
        var json = new LinkedHashMap<String, Object>();
        var found = result.proposals().get(result.found());
        json.put("task", result.task());
        json.put("folder", result.folder().toString());
        json.put("found", result.found());
        json.put("source", found.source());
        json.put("instruction", found.instruction());
        json.put("examples", found.examples());
        result.version().ifPresent(id -> json.put("version", id));
        var validation = new LinkedHashMap<String, Object>();
        validation.put("start", score(result.start()));
        validation.put("found", score(result.best()));
        validation.put("gain", gain(result.gain()));
        json.put("validation", validation);
        result.test().ifPresent(test -> json.put("test", test(test)));
        json.put("proposals", outcomes(result));
        json.put("budget_ended_it", result.isOver());
        var spent = new LinkedHashMap<String, Object>();
        spent.put("tokens", result.spent().tokens());
        spent.put("money", result.money());
        spent.put("seconds", result.spent().seconds());
        json.put("spent", spent);
        json.put("within_budget", result.isWithinBudget());
        return json;
    }

    private static Map<String, Object> test(TestGain test) {
        var json = new LinkedHashMap<String, Object>();
        json.put("start", score(test.start()));
        json.put("found", score(test.found()));
        json.put("gain", gain(test.gain()));
        test.survived().ifPresent(share -> json.put("survived", share));
        json.put("looks", test.looks());
        return json;
    }

    private static Map<String, Object> score(Score score) {
        var json = new LinkedHashMap<String, Object>();
        json.put("metric", score.metric());
        json.put("value", score.value());
        json.put("low", score.low());
        json.put("high", score.high());
        json.put("count", score.count());
        return json;
    }

    private static Map<String, Object> gain(PairedComparison gain) {
        var json = new LinkedHashMap<String, Object>();
        json.put("difference", gain.difference());
        json.put("low", gain.low());
        json.put("high", gain.high());
        json.put("p", gain.p());
        return json;
    }

    private static Map<String, Object> outcomes(SearchResult result) {
        var json = new LinkedHashMap<String, Object>();
        json.put("all", result.proposals().size());
        for (var outcome : Outcome.values()) {
            long count =
                    result.proposals().stream().filter(each -> each.outcome() == outcome).count();
            json.put(outcome.name().toLowerCase(Locale.ROOT), count);
        }
        return json;
    }
}
