package dev.sartor.cli.benchmark;

import dev.sartor.cli.console.Table;
import dev.sartor.compare.run.Figures;
import dev.sartor.core.Json;
import dev.sartor.core.text.Size;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.suite.BenchmarkJson;
import dev.sartor.suite.leaderboard.Leaderboard;
import dev.sartor.suite.leaderboard.Leaderboard.Ranked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// A leaderboard for a terminal, and as JSON.
record LeaderboardText(Leaderboard board) {
    @Override
    public String toString() {
        return table() + "\n\n" + verdict();
    }

    private Table table() {
        var headings = new ArrayList<String>(List.of("MODEL", ">SCORE", "95 % INTERVAL"));
        board.best()
                .contender()
                .results()
                .forEach(result ->
                        headings.add(">" + result.task().name().toUpperCase(Locale.ROOT)));
        headings.addAll(List.of(">ON DISK", ">MEMORY", ">TOKENS/S"));
        var table = new Table(headings.toArray(String[]::new));
        for (var ranked : board.ranking()) {
            var contender = ranked.contender();
            var cells = new ArrayList<Object>();
            cells.add(contender.name());
            cells.add(Figures.score(ranked.score()));
            cells.add(shown(ranked.interval()));
            for (var result : contender.results()) {
                cells.add(Figures.score(mean(result.scores())));
            }
            cells.add(Size.mib(contender.bytesOnDisk()));
            cells.add(
                    contender.peakMib().isPresent()
                            ? String.format(Locale.ROOT, "%,d MiB", contender.peakMib().getAsLong())
                            : "?");
            cells.add(String.format(Locale.ROOT, "%,.0f", contender.tokensPerSecond()));
            table.row(cells.toArray());
        }
        return table;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static String shown(Interval interval) {
        return "[" + Figures.score(interval.low()) + ", " + Figures.score(interval.high()) + "]";
    }

    private String verdict() {
        var best = board.best();
        var margin = Figures.plainPoints(board.margin());
        var found = board.smallest();
        if (found.isEmpty()) {
            return best.contender().name()
                    + " scores best, but there are too few items to tell: no model is shown to be less than "
                    + margin
                    + " points worse than every other. Take more items or tasks, or a wider --margin.";
        }
        var smallest = found.get();
        var name = smallest.contender().name();
        if (smallest.equals(best)) {
            return name
                    + " scores best, and is the smallest that is shown to be less than "
                    + margin
                    + " points worse than every other."
                    + open();
        }
        return name
                + " is the smallest that is shown to be less than "
                + margin
                + " points worse than every other: "
                + behind(smallest)
                + " points of "
                + best.contender().name()
                + ", the best.";
    }

    /// Smaller models of which nothing is shown.
    private String open() {
        var smaller =
                board.ranking().stream()
                        .filter(each ->
                                each.contender().bytesOnDisk()
                                        < board.best().contender().bytesOnDisk())
                        .filter(each -> each.differenceInterval().high() > -board.margin())
                        .map(each -> each.contender().name() + " (" + behind(each) + ")")
                        .collect(Collectors.joining(", "));
        return smaller.isEmpty()
                ? ""
                : " Smaller, and not shown to be worse by so much either: "
                        + smaller
                        + "; more items would tell.";
    }

    private static String behind(Ranked ranked) {
        return Figures.points(ranked.difference())
                + " ["
                + Figures.points(ranked.differenceInterval().low())
                + ", "
                + Figures.points(ranked.differenceInterval().high())
                + "]";
    }

    ObjectNode json() {
        var json = Json.mapper().createObjectNode();
        json.put("margin", board.margin());
        json.put("best", board.best().contender().name());
        board.smallest().ifPresent(each -> json.put("smallest", each.contender().name()));
        json.put("verdict", verdict());
        var models = json.putArray("models");
        for (var ranked : board.ranking()) {
            models.add(json(ranked));
        }
        return json;
    }

    private static ObjectNode json(Ranked ranked) {
        var contender = ranked.contender();
        var json = Json.mapper().createObjectNode();
        json.put("model", contender.name());
        json.put("score", ranked.score());
        json.put("low", ranked.interval().low());
        json.put("high", ranked.interval().high());
        json.put("difference_from_best", ranked.difference());
        json.put("simultaneous_low", ranked.differenceInterval().low());
        json.put("simultaneous_high", ranked.differenceInterval().high());
        json.put("good_enough", ranked.isGoodEnough());
        json.put("bytes_on_disk", contender.bytesOnDisk());
        contender.peakMib().ifPresent(peak -> json.put("peak_mib", peak));
        json.put("tokens_per_second", Math.round(contender.tokensPerSecond() * 10) / 10.0);
        var tasks = json.putArray("tasks");
        contender.results().forEach(result -> tasks.add(BenchmarkJson.of(result, false)));
        return json;
    }
}
