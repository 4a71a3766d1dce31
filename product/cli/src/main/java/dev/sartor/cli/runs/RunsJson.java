package dev.sartor.cli.runs;

import dev.sartor.cli.option.AskerOptions;
import dev.sartor.compare.Runs;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.Pairing;
import dev.sartor.core.Json;
import dev.sartor.core.Score;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Runs as `--json` shows them: as they lie in their folders, with the figures that their answers give.
final class RunsJson {
    private RunsJson() {}

    /// @param asker is not shown the rules where somebody is named
    static ObjectNode of(Run run, Optional<Measured> measured, AskerOptions asker) {
        var json = (ObjectNode) Json.mapper().readTree(Runs.json(run));
        if (asker.areGiven()) {
            json.remove(List.of("readers", "answers_readers"));
        }
        measured.ifPresent(figures -> {
            json.set("score", of(figures.score()));
            var also = json.putArray("also");
            figures.also().forEach(score -> also.add(of(score)));
            figures.unsupported().ifPresent(share -> json.set("unsupported", of(share)));
            json.put("seconds_per_answer", figures.secondsPerAnswer());
            json.put("prompt_tokens", figures.promptTokens());
            json.put("completion_tokens", figures.completionTokens());
        });
        return json;
    }

    private static ObjectNode of(Score score) {
        return Json.mapper()
                .createObjectNode()
                .put("metric", score.metric())
                .put("value", score.value())
                .put("low", score.low())
                .put("high", score.high())
                .put("count", score.count());
    }

    static ObjectNode of(Run first, Run second, Pairing pair) {
        var comparison = pair.comparison();
        return Json.mapper()
                .createObjectNode()
                .put("first", first.id())
                .put("second", second.id())
                .put("difference", comparison.difference())
                .put("low", comparison.low())
                .put("high", comparison.high())
                .put("p", comparison.p())
                .put("only_first", comparison.onlyA())
                .put("only_second", comparison.onlyB());
    }
}
