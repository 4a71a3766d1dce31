package dev.sartor.cli.fit;

import dev.sartor.cli.console.Table;
import dev.sartor.compare.run.Figures;
import dev.sartor.worth.Amount;
import dev.sartor.worth.Figure;
import dev.sartor.worth.Swing;
import dev.sartor.worth.Turn;
import dev.sartor.worth.Worth;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What candidates are worth, for the terminal.
final class WorthText {
    private WorthText() {}

    /// @param worths by the names of the tasks
    static String of(Map<String, Worth> worths) {
        var parts = new ArrayList<String>();
        worths.forEach((task, worth) -> parts.add(of(task, worth)));
        return String.join("\n\n", parts);
    }

    private static String of(String task, Worth worth) {
        var parts = new ArrayList<String>();
        parts.add(
                String.format(
                        Locale.ROOT,
                        "%s: worth in %s at %s answers a month, over %d %s; the verdict names %s.",
                        task,
                        worth.currency(),
                        Amount.plain(worth.volume()),
                        worth.months(),
                        worth.months() == 1 ? "month" : "months",
                        worth.shipped()));
        parts.add(profits(worth).toString());
        parts.add("");
        parts.add(pays(worth).toString());
        parts.add("");
        parts.addAll(worth.said());
        if (!worth.tornado().isEmpty()) {
            parts.add("");
            parts.add(tornado(worth).toString());
        }
        if (!worth.turns().isEmpty()) {
            parts.add("");
            parts.add(turns(worth).toString());
        }
        return String.join("\n", parts);
    }

    private static Table profits(Worth worth) {
        var table =
                new Table(
                        "candidate",
                        ">right",
                        ">left",
                        ">profit a month",
                        ">95 % interval",
                        ">against people",
                        ">against " + worth.shipped(),
                        ">95 % interval",
                        ">over the horizon");
        for (var row : worth.rows()) {
            boolean isCandidate = Worth.isCandidate(row);
            table.row(
                    row.name(),
                    row.right() + row.wrong() > 0 ? Figures.percent(row.right()) : "",
                    row.left() > 0 ? Figures.percent(row.left()) : "",
                    Amount.money(row.profitPerMonth().value()),
                    isCandidate ? interval(row.profitPerMonth()) : "",
                    row.againstPeople().map(each -> Amount.signed(each.value())).orElse(""),
                    row.againstShipped().map(each -> Amount.signed(each.value())).orElse(""),
                    row.againstShipped().map(WorthText::interval).orElse(""),
                    Amount.money(row.horizonProfit().value()));
        }
        return table;
    }

    private static Table pays(Worth worth) {
        var table =
                new Table(
                        "candidate",
                        ">break-even, answers a month",
                        ">against people",
                        ">break-even month",
                        ">payback");
        worth.rows().stream()
                .filter(Worth::isCandidate)
                .forEach(row ->
                        table.row(
                                row.name(),
                                volume(row.breakEvenVolume()),
                                worth.people().isPresent()
                                        ? volume(row.breakEvenVolumeAgainstPeople())
                                        : "",
                                row.breakEvenMonth().map(String::valueOf).orElse("none"),
                                row.payback().map(Amount::months).orElse("not within it")));
        return table;
    }

    private static String volume(Optional<Double> volume) {
        return volume.map(each -> each == 0 ? "any" : Amount.plain(Math.ceil(each))).orElse("none");
    }

    private static String interval(Figure figure) {
        return Amount.money(figure.low()) + " to " + Amount.money(figure.high());
    }

    private static Table tornado(Worth worth) {
        var table =
                new Table(
                        "input",
                        ">from",
                        ">to",
                        "range",
                        ">profit of " + worth.shipped(),
                        ">" + worth.runnerUp().map(each -> "lead over " + each).orElse("lead"));
        for (var swing : worth.tornado()) {
            table.row(
                    swing.name(),
                    Amount.plain(swing.from()),
                    Amount.plain(swing.to()),
                    swing.range(),
                    ends(swing.profit()),
                    swing.lead().map(WorthText::ends).orElse(""));
        }
        return table;
    }

    private static String ends(Swing.Ends ends) {
        return Amount.money(ends.from()) + " to " + Amount.money(ends.to());
    }

    private static Table turns(Worth worth) {
        var table = new Table("the most profitable changes by", ">now", ">below", ">above");
        for (var turn : worth.turns()) {
            table.row(
                    turn.name(),
                    Amount.plain(turn.at()),
                    turn.below().map(WorthText::edge).orElse(""),
                    turn.above().map(WorthText::edge).orElse(""));
        }
        return table;
    }

    private static String edge(Turn.Edge edge) {
        return Amount.plain(edge.value()) + ": " + edge.best();
    }
}
