package dev.sartor.compare.report;

import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.RunJson;
import dev.sartor.compare.verdict.Measured;
import java.util.LinkedHashMap;
import java.util.Map;

/// What repeats one run.
record RecipeView(String candidate, String id, String json) {
    static RecipeView of(Measured each) {
        var run = each.run();
        return new RecipeView(each.name(), run.id(), RunJson.pretty(withoutCurve(run)).strip());
    }

    /// The curve has a chart and a table of its own.
    private static Object withoutCurve(Run run) {
        var map = RunJson.settings(run);
        if (map.get("setup") instanceof Map<?, ?> setup) {
            var shown = new LinkedHashMap<Object, Object>(setup);
            shown.remove("curve");
            map.put("setup", shown);
        }
        return map;
    }
}
