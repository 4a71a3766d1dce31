package dev.sartor.compare.report;

import dev.sartor.worth.Amount;
import dev.sartor.worth.Swing;
import dev.sartor.worth.Worth;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Places the bars of a tornado chart: all bars of a column share one scale.
final class TornadoBars {
    private final double profitNow;
    private final Optional<Double> leadNow;
    private final Scale profits;
    private final Scale leads;

    TornadoBars(Worth worth) {
        profitNow = worth.row(worth.shipped()).horizonProfit().value();
        leadNow =
                worth.runnerUp().map(other -> profitNow - worth.row(other).horizonProfit().value());
        profits = Scale.of(worth.tornado().stream().map(Swing::profit).toList(), profitNow);
        leads =
                Scale.of(
                        worth.tornado().stream().flatMap(each -> each.lead().stream()).toList(),
                        leadNow.orElse(0.0));
    }

    /// A straight scale whose least and most amounts lie 2 % within the edges.
    private record Scale(double least, double most) {
        static Scale of(List<Swing.Ends> ends, double now) {
            var all =
                    Stream.concat(
                                    Stream.of(now),
                                    ends.stream()
                                            .flatMap(each -> Stream.of(each.from(), each.to())))
                            .mapToDouble(Double::doubleValue)
                            .toArray();
            return new Scale(
                    DoubleStream.of(all).min().orElse(now), DoubleStream.of(all).max().orElse(now));
        }

        double place(double amount) {
            return most == least ? 50 : 2 + 96 * (amount - least) / (most - least);
        }
    }

    WorthView.Bar bar(Swing swing) {
        return new WorthView.Bar(
                swing.name(),
                Amount.plain(swing.from()) + " to " + Amount.plain(swing.to()),
                swing.range(),
                span(swing.profit(), profits, profitNow),
                swing.lead().flatMap(each -> leadNow.map(now -> span(each, leads, now))));
    }

    private static WorthView.Span span(Swing.Ends ends, Scale scale, double now) {
        return new WorthView.Span(
                scale.place(ends.from()),
                scale.place(ends.to()),
                scale.place(now),
                Amount.money(Math.min(ends.from(), ends.to())),
                Amount.money(Math.max(ends.from(), ends.to())));
    }
}
