package dev.sartor.cli.runs;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.AskerOptions;
import dev.sartor.compare.Rebase;
import dev.sartor.compare.run.Figures;
import dev.sartor.core.Json;
import dev.sartor.project.setting.Costs;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a rebase changes, for people and as JSON.
final class RebaseText {
    private RebaseText() {}

    static String of(Rebase.Outcome outcome, Costs costs) {
        var old = outcome.old();
        var now = outcome.now();
        var table = new Table("", ">" + old.base().model(), ">" + now.base().model());
        table.row(outcome.task().metric(), score(old), score(now));
        table.row("95 % interval", interval(old), interval(now));
        table.row("seconds an answer", seconds(old), seconds(now));
        table.row("prompt tokens", prompt(old), prompt(now));
        table.row(
                "set-up seconds",
                Figures.seconds(old.run().setup().seconds()),
                Figures.seconds(now.run().setup().seconds()));
        table.row(
                "cost of 1,000, " + costs.currency(),
                Figures.money(old.perThousand()),
                Figures.money(now.perThousand()));
        table.row("parameters", parameters(old), parameters(now));
        table.row("adapter", adapter(old), adapter(now));
        table.row("peak memory, MiB", peak(old), peak(now));
        table.row("licence", old.base().licence(), now.base().licence());
        table.row("run", old.run().id(), now.run().id());
        return outcome.task().name()
                + "/"
                + old.run().candidate()
                + " on "
                + now.base().model()
                + " in place of "
                + old.base().model()
                + "\n"
                + RunsCompareCommand.text(
                        now.base().model(), old.base().model(), outcome.difference())
                + "\n"
                + table;
    }

    private static String score(Rebase.Side side) {
        return Figures.score(side.measured().score().value());
    }

    private static String interval(Rebase.Side side) {
        var score = side.measured().score();
        return Figures.score(score.low()) + "–" + Figures.score(score.high());
    }

    private static String seconds(Rebase.Side side) {
        return Figures.seconds(side.measured().secondsPerAnswer());
    }

    private static String prompt(Rebase.Side side) {
        return String.format(Locale.ROOT, "%.0f", side.measured().promptTokens());
    }

    private static String parameters(Rebase.Side side) {
        return side.base()
                .parameters()
                .map(count -> String.format(Locale.ROOT, "%,d", count))
                .orElse("–");
    }

    private static String adapter(Rebase.Side side) {
        double share = side.run().setup().adapterShare();
        return share > 0 ? Figures.percent(share) : "–";
    }

    private static String peak(Rebase.Side side) {
        return side.run().peakMib().map(String::valueOf).orElse("–");
    }

    static ObjectNode json(Rebase.Outcome outcome) {
        var json = RunsJson.of(outcome.now().run(), outcome.old().run(), outcome.difference());
        json.put("task", outcome.task().name());
        json.put("candidate", outcome.old().run().candidate());
        json.set("new", json(outcome.now()));
        json.set("old", json(outcome.old()));
        var said = json.putArray("changes");
        outcome.said().forEach(said::add);
        return json;
    }

    private static ObjectNode json(Rebase.Side side) {
        var run = side.run();
        var json = Json.mapper().createObjectNode();
        json.put("model", side.base().model());
        json.put("licence", side.base().licence());
        side.base().parameters().ifPresent(count -> json.put("parameters", count));
        json.put("adapter_share", run.setup().adapterShare());
        run.peakMib().ifPresent(peak -> json.put("peak_mib", peak));
        json.put("setup_seconds", run.setup().seconds());
        json.put("training_seconds", run.setup().trainingSeconds());
        json.put("cost_per_1000", side.perThousand());
        var measured = RunsJson.of(run, Optional.of(side.measured()), new AskerOptions());
        for (var key :
                new String[] {
                    "score", "seconds_per_answer", "prompt_tokens", "completion_tokens"
                }) {
            json.set(key, measured.get(key));
        }
        return json;
    }
}
