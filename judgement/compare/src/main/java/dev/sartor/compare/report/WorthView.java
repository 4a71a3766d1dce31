package dev.sartor.compare.report;

import dev.sartor.compare.run.Figures;
import dev.sartor.worth.Amount;
import dev.sartor.worth.Figure;
import dev.sartor.worth.Turn;
import dev.sartor.worth.Worth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a task's candidates are worth, in words and in places of charts, for those who decide.
///
/// @param headline the profit of the shipped candidate, in a few words
/// @param assumptions what is reckoned with, by the names of the project file
record WorthView(
        String task,
        String headline,
        String currency,
        String months,
        String volume,
        String shipped,
        String runnerUp,
        boolean hasPeople,
        List<Row> rows,
        ProfitChart chart,
        List<Bar> bars,
        List<Change> changes,
        List<String> said,
        Map<String, String> assumptions) {
    /// A row of the table.
    record Row(
            String name,
            boolean isShipped,
            boolean isCandidate,
            String right,
            String left,
            String profit,
            String interval,
            String people,
            String peopleInterval,
            String shipped,
            String shippedInterval,
            String breakEven,
            String breakEvenPeople,
            String month,
            String payback,
            String horizon,
            String horizonInterval) {}

    /// A bar of the tornado chart.
    record Bar(String name, String range, String why, Span profit, Optional<Span> lead) {}

    /// A bar from the amount at the input's lower end to the one at its higher end, in per cent of the chart's width.
    ///
    /// @param now where the amount lies at the input as it is
    /// @param low the lesser of the two amounts, which stands at the left
    record Span(double from, double to, double now, String low, String high) {
        /// Where the part begins that belongs to the input's lower values, and how wide it is.
        double lowStart() {
            return Math.min(from, now);
        }

        double lowWidth() {
            return Math.abs(now - from);
        }

        double highStart() {
            return Math.min(to, now);
        }

        double highWidth() {
            return Math.abs(to - now);
        }
    }

    /// At which value of an input another is the best.
    record Change(String name, String now, String below, String above) {}

    static WorthView of(String task, Worth worth) {
        var bars = new TornadoBars(worth);
        var shipped = worth.row(worth.shipped());
        var assumptions = new LinkedHashMap<String, String>();
        worth.inputs().forEach((input, value) -> assumptions.put(input, Amount.plain(value)));
        return new WorthView(
                task,
                (shipped.profitPerMonth().value() < 0 ? "loses " : "earns ")
                        + Amount.money(Math.abs(shipped.profitPerMonth().value()))
                        + " "
                        + worth.currency()
                        + " a month",
                worth.currency(),
                worth.months() + (worth.months() == 1 ? " month" : " months"),
                Amount.plain(worth.volume()),
                worth.shipped(),
                worth.runnerUp().orElse(""),
                worth.people().isPresent(),
                worth.rows().stream().map(each -> row(worth, each)).toList(),
                ProfitChart.of(worth),
                worth.tornado().stream().map(bars::bar).toList(),
                worth.turns().stream().map(WorthView::change).toList(),
                worth.said(),
                assumptions);
    }

    private static Row row(Worth worth, Worth.Row row) {
        boolean isCandidate = Worth.isCandidate(row);
        return new Row(
                row.name(),
                row.name().equals(worth.shipped()),
                isCandidate,
                row.right() + row.wrong() > 0 ? Figures.percent(row.right()) : "–",
                row.left() > 0 ? Figures.percent(row.left()) : "–",
                Amount.money(row.profitPerMonth().value()),
                isCandidate ? interval(row.profitPerMonth()) : "",
                row.againstPeople().map(each -> Amount.signed(each.value())).orElse(""),
                isCandidate ? row.againstPeople().map(WorthView::interval).orElse("") : "",
                row.againstShipped().map(each -> Amount.signed(each.value())).orElse(""),
                row.againstShipped().map(WorthView::interval).orElse(""),
                isCandidate ? volume(row.breakEvenVolume()) : "",
                isCandidate && worth.people().isPresent()
                        ? volume(row.breakEvenVolumeAgainstPeople())
                        : "",
                isCandidate ? row.breakEvenMonth().map(String::valueOf).orElse("none") : "",
                isCandidate ? row.payback().map(Amount::months).orElse("not within it") : "",
                Amount.money(row.horizonProfit().value()),
                isCandidate ? interval(row.horizonProfit()) : "");
    }

    private static String volume(Optional<Double> volume) {
        return volume.map(each -> each == 0 ? "any" : Amount.plain(Math.ceil(each))).orElse("none");
    }

    private static String interval(Figure figure) {
        return Amount.money(figure.low()) + " to " + Amount.money(figure.high());
    }

    private static Change change(Turn turn) {
        return new Change(
                turn.name(),
                Amount.plain(turn.at()),
                turn.below().map(WorthView::edge).orElse("–"),
                turn.above().map(WorthView::edge).orElse("–"));
    }

    private static String edge(Turn.Edge edge) {
        return Amount.plain(edge.value()) + ": " + edge.best();
    }
}
