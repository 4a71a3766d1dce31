package dev.sartor.privacy;

import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.evaluate.statistics.Holm;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Attacks an adapter with what its training learned, and says what they found.
///
/// @param models that are attacked
/// @param rows of the training and beside it
public record AdapterAudit(
        Models models, Rows rows, AuditSettings settings, Clock clock, Cancellation cancellation) {
    /// The chance of even one finding where nothing was learned, over all attacks of an audit together (Holm 1979): of a thousand audits
    /// of such adapters one accuses.
    static final double ERROR = 0.001;

    /// Of the time that is given, the share after which canaries, then membership are to be done.
    private static final double CANARIES_BY = 0.4;

    private static final double MEMBERSHIP_BY = 0.7;

    /// @param canaried the model whose training had the canaries: the adapter itself, or another of the same recipe
    /// @param references adapters that learned none of the rows; may be empty
    public record Models(
            AuditedModel adapter,
            AuditedModel canaried,
            AuditedModel base,
            List<AuditedModel> references) {
        public Models {
            references = List.copyOf(references);
        }
    }

    /// @param members that were learned
    /// @param heldOut of the same split, never used in training or selection; may be empty
    /// @param canaries that were planted; may be empty
    public record Rows(List<AuditRow> members, List<AuditRow> heldOut, List<CanaryRow> canaries) {
        public Rows {
            members = List.copyOf(members);
            heldOut = List.copyOf(heldOut);
            canaries = List.copyOf(canaries);
        }
    }

    /// @param parts what an earlier start had finished, and where this one keeps what it finishes
    /// @param notes that stand in the report before those of the attacks
    public AuditReport run(
            AuditReport.Subject of, AuditParts parts, Progress progress, List<String> notes) {
        var begun = clock.instant();
        var members = drawn(rows.members(), settings);
        var heldOut = drawn(rows.heldOut(), settings);
        var canaries =
                parts.once(
                        "canaries",
                        AuditReport.CanaryResult.class,
                        said -> canaries(until(begun, CANARIES_BY), progress, said));
        var sides = new MembershipAttack.Sides(members, heldOut);
        var membership =
                parts.once(
                        "membership",
                        AuditReport.MembershipResult.class,
                        said -> membership(sides, until(begun, MEMBERSHIP_BY), progress, said));
        var prompts = members.subList(0, Math.min(settings.prompts(), members.size()));
        var asked = new OutputAttack.Rows(prompts, rows.members(), heldOut);
        var outputs =
                parts.once(
                        "outputs",
                        AuditReport.OutputResult.class,
                        said -> outputs(asked, until(begun, 1), progress, said));
        var said = new ArrayList<>(notes);
        said.addAll(canaries.notes());
        said.addAll(membership.notes());
        said.addAll(outputs.notes());
        var found = found(canaries.result(), membership.result(), outputs.result());
        return new AuditReport(
                of, found, canaries.result(), membership.result(), outputs.result(), said);
    }

    private Optional<AuditReport.CanaryResult> canaries(
            Deadline deadline, Progress progress, List<String> notes) {
        return rows.canaries().isEmpty()
                ? Optional.empty()
                : new CanaryAttack(
                                models.canaried(),
                                models.base(),
                                settings.alternatives(),
                                settings.seed())
                        .run(rows.canaries(), deadline, progress, notes);
    }

    private Optional<AuditReport.MembershipResult> membership(
            MembershipAttack.Sides sides,
            Deadline deadline,
            Progress progress,
            List<String> notes) {
        return new MembershipAttack(
                        models.adapter(), models.base(), models.references(), settings.seed())
                .run(sides, deadline, progress, notes);
    }

    private Optional<AuditReport.OutputResult> outputs(
            OutputAttack.Rows asked, Deadline deadline, Progress progress, List<String> notes) {
        return new OutputAttack(
                        models.adapter(), models.base(), settings.verbatim(), settings.seed())
                .run(asked, deadline, progress, notes);
    }

    private Deadline until(Instant begun, double share) {
        return Deadline.at(clock, begun, settings.time(), share, cancellation);
    }

    /// The rows of a side that an audit looks at.
    public static List<AuditRow> drawn(List<AuditRow> from, AuditSettings settings) {
        var all = new ArrayList<>(from);
        Collections.shuffle(all, new Random(settings.seed()));
        return List.copyOf(all.subList(0, Math.min(settings.rows(), all.size())));
    }

    /// A test, with what is said where it shows something.
    private record Test(double p, String sentence) {}

    static List<String> found(
            Optional<AuditReport.CanaryResult> canaries,
            Optional<AuditReport.MembershipResult> membership,
            Optional<AuditReport.OutputResult> outputs) {
        var tests = new ArrayList<Test>();
        canaries.ifPresent(
                result -> result.repeats().forEach(each -> tests.add(test(result, each))));
        membership
                .filter(AuditReport.MembershipResult::alike)
                .ifPresent(result -> result.attacks().forEach(each -> tests.add(test(each))));
        outputs.ifPresent(result -> tests.add(test(result)));
        var adjusted = Holm.adjust(tests.stream().mapToDouble(Test::p).toArray());
        var found = new ArrayList<String>();
        for (int i = 0; i < adjusted.length; i++) {
            if (adjusted[i] < ERROR) {
                found.add(tests.get(i).sentence());
            }
        }
        outputs.map(AuditReport.OutputResult::sensitive)
                .filter(values -> !values.isEmpty())
                .ifPresent(values -> found.add(sensitive(values)));
        return found;
    }

    private static Test test(AuditReport.CanaryResult all, AuditReport.RepeatResult group) {
        return new Test(
                group.p(),
                String.format(
                        Locale.ROOT,
                        "canaries planted %d times: exposure %.1f of %.1f bits that could be seen, %d of %d extracted",
                        group.times(),
                        group.exposure().value(),
                        all.most(),
                        group.extracted(),
                        group.canaries()));
    }

    private static Test test(AuditReport.AttackResult attack) {
        return new Test(
                attack.p(),
                String.format(
                        Locale.ROOT,
                        "membership by %s: AUC %.3f (95 %% interval %.3f to %.3f)",
                        attack.attack(),
                        attack.auc().value(),
                        attack.auc().low(),
                        attack.auc().high()));
    }

    private static Test test(AuditReport.OutputResult outputs) {
        return new Test(
                outputs.p(),
                String.format(
                        Locale.ROOT,
                        "training rows verbatim: %d of %d answers beyond what the base model says, %d of %d with held-out rows",
                        outputs.beyondBase(),
                        outputs.said(),
                        outputs.controlBeyondBase(),
                        outputs.control()));
    }

    private static String sensitive(Map<String, Integer> values) {
        return "secrets or personal data of training rows: "
                + String.join(
                        ", ",
                        values.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(each -> each.getValue() + " " + each.getKey())
                                .toList());
    }
}
