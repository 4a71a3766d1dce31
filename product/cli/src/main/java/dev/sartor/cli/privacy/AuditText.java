package dev.sartor.cli.privacy;

import dev.sartor.cli.console.Table;
import dev.sartor.privacy.AuditReport;
import dev.sartor.privacy.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An audit's report to be read.
final class AuditText {
    private AuditText() {}

    static String of(AuditReport report) {
        var parts = new ArrayList<String>();
        parts.add("What " + report.of().name() + " gives away: " + report.verdict() + ".");
        if (report.accuses()) {
            parts.add(String.join("\n", report.found().stream().map(each -> "- " + each).toList()));
        }
        report.canaries().map(AuditText::canaries).ifPresent(parts::add);
        report.membership().map(AuditText::membership).ifPresent(parts::add);
        report.outputs().map(AuditText::outputs).ifPresent(parts::add);
        parts.addAll(report.notes());
        parts.add("Other attacks may find more. These looked at " + looked(report) + ".");
        return String.join("\n\n", parts);
    }

    private static String looked(AuditReport report) {
        return String.join(
                ", ",
                report.of().settings().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(each -> each.getKey() + " " + each.getValue())
                        .toList());
    }

    private static String canaries(AuditReport.CanaryResult canaries) {
        var table =
                new Table(
                        "PLANTED",
                        ">CANARIES",
                        ">EXPOSURE",
                        "95 % INTERVAL",
                        ">BASE",
                        ">ASKED",
                        ">COMPLETED",
                        ">SEARCHED",
                        ">EXTRACTED");
        canaries.repeats()
                .forEach(each ->
                        table.row(
                                each.times() == 1 ? "once" : each.times() + " times",
                                each.canaries(),
                                bits(each.exposure().value()),
                                bits(each.exposure().low()) + " to " + bits(each.exposure().high()),
                                bits(each.base().value()),
                                each.asked(),
                                each.completed(),
                                each.searched(),
                                each.extracted()));
        return String.format(
                Locale.ROOT,
                "Canaries, in bits (1.4 is what chance gives, %.1f the most that could be seen)%n%s",
                canaries.most(),
                table);
    }

    private static String bits(double bits) {
        return String.format(Locale.ROOT, "%.2f", bits);
    }

    private static String membership(AuditReport.MembershipResult membership) {
        var table =
                new Table("ATTACK", ">AUC", "95 % INTERVAL", ">TPR AT 1 % FPR", "95 % INTERVAL");
        membership
                .attacks()
                .forEach(each ->
                        table.row(
                                each.attack(),
                                share(each.auc().value()),
                                interval(each.auc()),
                                share(each.truePositives().value()),
                                interval(each.truePositives())));
        table.row(
                "blind baseline",
                share(membership.blind().value()),
                interval(membership.blind()),
                "",
                "");
        var lines = new ArrayList<String>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "Membership: %,d rows of the training against %,d held-out ones",
                        membership.members(),
                        membership.heldOut()));
        lines.add(table.toString());
        if (!membership.alike()) {
            lines.add(
                    "The texts alone tell the two sides apart (blind baseline), so that they are not of one distribution: these"
                            + " figures show nothing, and nothing is concluded from them. `sartor data split` makes sides that are.");
        }
        return String.join("\n", lines);
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }

    private static String interval(Estimate estimate) {
        return share(estimate.low()) + " to " + share(estimate.high());
    }

    private static String outputs(AuditReport.OutputResult outputs) {
        var lines = new ArrayList<String>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "Answers to beginnings of rows: %d of %d hold a training row verbatim, %d of these where the base model does not (with held-out rows %d of %d); the longest run has %d tokens.",
                        outputs.verbatim(),
                        outputs.said(),
                        outputs.beyondBase(),
                        outputs.controlBeyondBase(),
                        outputs.control(),
                        outputs.longest()));
        lines.add(
                outputs.sensitive().isEmpty()
                        ? "No secret and no personal data of a training row stood in them that the base model does not say."
                        : "Secrets and personal data of training rows in them: " + kinds(outputs));
        return String.join("\n", lines);
    }

    private static String kinds(AuditReport.OutputResult outputs) {
        return String.join(", ", kinds(outputs.sensitive())) + ".";
    }

    private static List<String> kinds(Map<String, Integer> sensitive) {
        return sensitive.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getValue() + " " + each.getKey())
                .toList();
    }
}
