package dev.sartor.compare.report;

import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.compare.verdict.Measured;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// What the report's page shows, in words.
record ReportView(
        String project, String made, String machine, String version, List<TaskView> tasks) {
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
                DAY.format(now.atZone(ZoneOffset.UTC)),
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
                result.tasks().stream().map(TaskView::of).toList());
    }
}
