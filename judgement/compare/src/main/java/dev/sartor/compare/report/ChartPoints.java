package dev.sartor.compare.report;

import dev.sartor.compare.run.CurvePoint;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.TaskResult;
import java.util.List;
import java.util.Optional;

/// What the report's script draws, one entry for each task.
record ChartPoints(
        String task, String metric, String currency, List<Point> costs, List<CurvePoint> curve) {
    record Point(String name, double cost, double score, double low, double high, boolean chosen) {}

    static ChartPoints of(TaskResult task) {
        return new ChartPoints(
                task.task().name(),
                task.metric().replace('_', ' '),
                task.costs().currency(),
                task.candidates().stream()
                        .map(each ->
                                new Point(
                                        each.name(),
                                        task.costPerThousand(each),
                                        each.score().value(),
                                        each.score().low(),
                                        each.score().high(),
                                        each.name().equals(task.verdict().candidate())))
                        .toList(),
                thinned(TaskView.trained(task)));
    }

    private static List<CurvePoint> thinned(Optional<Measured> trained) {
        return thinned(trained.map(each -> each.run().setup().curve()).orElse(List.of()));
    }

    /// The curve of one training alone.
    static ChartPoints of(String task, String metric, List<CurvePoint> curve) {
        return new ChartPoints(task, metric.replace('_', ' '), "", List.of(), thinned(curve));
    }

    /// At most about 200 points; those where more than the loss was measured all stay.
    private static List<CurvePoint> thinned(List<CurvePoint> curve) {
        int every = 1 + curve.size() / 200;
        return curve.stream()
                .filter(point -> point.step() % every == 0 || point.isMeasured())
                .toList();
    }
}
