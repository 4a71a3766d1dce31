package dev.sartor.cli.data;

import dev.sartor.cli.console.Table;
import dev.sartor.curate.Ablation;
import dev.sartor.curate.CleaningReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// What a cleaning did, for people.
final class CleaningText {
    private CleaningText() {}

    static String of(CleaningReport report, Path folder) {
        var table = new Table("STEP", ">ROWS", ">REMOVED", ">CHANGED", "WHY");
        long unreadable =
                report.inputs().stream()
                        .filter(each -> !each.isReference())
                        .mapToLong(CleaningReport.Input::unreadable)
                        .sum();
        table.row("reading", number(report.read()), number(unreadable), 0, "");
        for (var step : report.steps()) {
            table.row(
                    step.step(),
                    number(step.before()),
                    number(step.removed()),
                    number(step.changed()),
                    why(step.reasons()));
        }
        var text = new StringBuilder(table.toString()).append("\n\n");
        report.steps()
                .forEach(step ->
                        step.notes()
                                .forEach(note ->
                                        text.append(step.step())
                                                .append(": ")
                                                .append(note)
                                                .append('\n')));
        report.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.append(
                        String.format(
                                Locale.ROOT,
                                "%,d of %,d rows are left, in %s.%nEach row that is not, or is not as it was, stands in %s or %s.",
                                report.rows(),
                                report.read(),
                                folder.resolve("rows"),
                                folder.resolve(report.removed().file()),
                                report.changed().file()))
                .toString();
    }

    private static String why(Map<String, Long> reasons) {
        var most =
                reasons.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .limit(3)
                        .map(each -> number(each.getValue()) + " × " + each.getKey())
                        .toList();
        return String.join("; ", most) + (reasons.size() > 3 ? "; …" : "");
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String of(Ablation.Report worth) {
        var table = new Table("STEP", ">ROWS PUT BACK", ">IT BRINGS", "95 %", "SO IT");
        for (var each : worth.steps()) {
            table.row(
                    each.step(),
                    number(each.rows()),
                    points(each.difference()),
                    points(each.low()) + " to " + points(each.high()),
                    switch (each.finding()) {
                        case HELPS -> "helps";
                        case HURTS -> "hurts";
                        case NOT_SHOWN_TO_HELP -> "is not shown to help";
                    });
        }
        return table
                + String.format(
                        Locale.ROOT,
                        "%n%nAccuracy with all steps: %.3f of %,d rows, logistic regression, the mean of %d draws; differences in"
                                + " points.",
                        worth.accuracy(),
                        worth.tests(),
                        worth.draws());
    }

    private static String points(double difference) {
        return String.format(Locale.ROOT, "%+.1f", 100 * difference);
    }
}
