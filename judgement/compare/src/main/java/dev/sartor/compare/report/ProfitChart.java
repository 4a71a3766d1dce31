package dev.sartor.compare.report;

import dev.sartor.worth.Amount;
import dev.sartor.worth.Worth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The cumulated profit, month by month, as lines in a box of 100 × 100 whose left lower corner is month 0 and the least amount.
///
/// @param band a polygon around the shipped candidate's line, by its 95 % interval
/// @param marks amounts beside the box, with their places from above
/// @param months below the box, with their places from the left
record ProfitChart(List<Line> lines, String band, List<Mark> marks, List<Mark> months) {
    /// @param kind `shipped`, `runner-up`, `people`, `nothing` or `other`
    /// @param end the profit at the end
    record Line(String name, String kind, String points, String end) {}

    /// @param place in per cent of the box
    record Mark(String text, double place) {}

    static ProfitChart of(Worth worth) {
        var shipped = worth.row(worth.shipped());
        var low = bound(shipped, shipped.horizonProfit().low());
        var high = bound(shipped, shipped.horizonProfit().high());
        var amounts =
                Stream.concat(
                                worth.rows().stream().flatMap(row -> row.cumulated().stream()),
                                Stream.concat(low.stream(), high.stream()))
                        .toList();
        double least = amounts.stream().min(Comparator.naturalOrder()).orElse(0.0);
        double most = amounts.stream().max(Comparator.naturalOrder()).orElse(0.0);
        var ticks = ticks(least, most);
        double bottom = Math.min(least, ticks.getFirst());
        double top = Math.max(most, ticks.getLast());
        var box = new Box(worth.months(), bottom, top == bottom ? bottom + 1 : top);
        return new ProfitChart(
                // What matters is drawn last, above the others.
                worth.rows().stream()
                        .map(row ->
                                new Line(
                                        row.name(),
                                        kind(worth, row),
                                        box.line(row.cumulated()),
                                        Amount.money(row.horizonProfit().value())))
                        .sorted(Comparator.comparingInt(ProfitChart::rank))
                        .toList(),
                box.line(low) + " " + box.backwards(high),
                ticks.stream().map(each -> new Mark(Amount.money(each), box.y(each))).toList(),
                months(worth.months(), box));
    }

    private static int rank(Line line) {
        return List.of("other", "nothing", "people", "runner-up", "shipped").indexOf(line.kind());
    }

    private static String kind(Worth worth, Worth.Row row) {
        if (row.name().equals(worth.shipped())) {
            return "shipped";
        }
        if (worth.runnerUp().filter(row.name()::equals).isPresent()) {
            return "runner-up";
        }
        if (Worth.isCandidate(row)) {
            return "other";
        }
        return worth.people().filter(row::equals).isPresent() ? "people" : "nothing";
    }

    /// The interval of an amount grows as the number of answers does, and so as the profit without what does not hang on answers.
    private static List<Double> bound(Worth.Row row, double end) {
        int last = row.cumulated().size() - 1;
        double once = row.cumulated().getFirst();
        double all = row.cumulated().get(last) - once + last * row.fixedPerMonth();
        double shift = end - row.horizonProfit().value();
        var bound = new ArrayList<Double>();
        for (int month = 0; month <= last; month++) {
            double share =
                    all == 0
                            ? (double) month / last
                            : (row.cumulated().get(month) - once + month * row.fixedPerMonth())
                                    / all;
            bound.add(row.cumulated().get(month) + share * shift);
        }
        return bound;
    }

    /// Four to nine round amounts that hold the range between them, 0 among them where it lies within.
    private static List<Double> ticks(double least, double most) {
        double range = Math.max(most - least, 1e-9);
        double rough = range / 5;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = roundStep(rough / power) * power;
        var ticks = new ArrayList<Double>();
        for (long at = (long) Math.floor(least / step); at <= Math.ceil(most / step); at++) {
            ticks.add(at * step);
        }
        return ticks;
    }

    private static List<Mark> months(int months, Box box) {
        int every = Math.max(1, (int) Math.ceil(months / 6.0));
        return IntStream.rangeClosed(0, months)
                .filter(month -> month % every == 0)
                .mapToObj(month -> new Mark(Integer.toString(month), box.x(month)))
                .toList();
    }

    private static double roundStep(double rough) {
        return rough <= 1 ? 1 : rough <= 2 ? 2 : rough <= 5 ? 5 : 10;
    }

    private record Box(int months, double bottom, double top) {
        double x(int month) {
            return 100.0 * month / months;
        }

        double y(double amount) {
            return 100 * (top - amount) / (top - bottom);
        }

        String line(List<Double> amounts) {
            return IntStream.range(0, amounts.size())
                    .mapToObj(month -> point(month, amounts.get(month)))
                    .collect(Collectors.joining(" "));
        }

        String backwards(List<Double> amounts) {
            return IntStream.range(0, amounts.size())
                    .map(i -> amounts.size() - 1 - i)
                    .mapToObj(month -> point(month, amounts.get(month)))
                    .collect(Collectors.joining(" "));
        }

        private String point(int month, double amount) {
            return String.format(Locale.ROOT, "%.2f,%.2f", x(month), y(amount));
        }
    }
}
