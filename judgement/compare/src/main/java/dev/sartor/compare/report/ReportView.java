package dev.sartor.compare.report;

import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.TaskFailures;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.compare.verdict.TaskWorth;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the report's page shows, in words.
///
/// @param worths one for each task; empty where the project does not say what its answers are worth
record ReportView(
        String project,
        String made,
        String machine,
        String version,
        List<TaskView> tasks,
        List<Optional<WorthView>> worths) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH);

    static ReportView of(ComparisonResult result, Instant now) {
        var machine = result.machine();
        var newest =
                result.tasks().getFirst().candidates().stream()
                        .map(Measured::run)
                        .findFirst()
                        .orElseThrow();
        return new ReportView(
                result.project().name(),
                day(now),
                String.format(
                        Locale.ROOT,
                        "%s, %d cores, %s GiB, %s, %s%s",
                        machine.processor(),
                        machine.cores(),
                        machine.memoryMib() >> 10,
                        machine.system(),
                        machine.java(),
                        machine.gflops() > 0
                                ? String.format(
                                        Locale.ROOT, ", %.0f GFLOP/s in bf16", machine.gflops())
                                : ""),
                newest.version(),
                result.tasks().stream()
                        .map(task -> TaskView.of(task, TaskFailures.of(task, result.project())))
                        .toList(),
                result.tasks().stream().map(task -> worth(task, result)).toList());
    }

    static String day(Instant now) {
        return DAY.format(now.atZone(ZoneOffset.UTC));
    }

    private static Optional<WorthView> worth(TaskResult task, ComparisonResult result) {
        return TaskWorth.of(task, result.project(), task.verdict().candidate())
                .map(worth -> WorthView.of(task.task().name(), worth));
    }
}
