package dev.sartor.privacy;

import dev.sartor.core.SartorException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Whether what an audit found keeps an adapter from being used. The upper end of each interval counts: what was hardly measured is not
/// let through.
///
/// @param maxExposure bits, of canaries that were planted as often as `repeats` says; empty for no limit
/// @param maxAuc of membership inference; empty for no limit
/// @param repeats 1, 4 or 16
public record AuditGate(Optional<Double> maxExposure, Optional<Double> maxAuc, int repeats) {
    private static final String RULE = "sartor.yaml asks for privacy.";

    /// @param what the run or adapter
    /// @param audit its last report; empty where there is none
    /// @param sha256 of the adapter's weights now
    /// @param command that audits it
    /// @throws SartorException a user's error where it may not be used
    public void require(String what, Optional<AuditReport> audit, String sha256, String command) {
        if (maxExposure.isEmpty() && maxAuc.isEmpty()) {
            return;
        }
        var report =
                audit.orElseThrow(() ->
                        refused(
                                what
                                        + " was not audited for what it gives away of its training rows: `"
                                        + command
                                        + "` does that."));
        if (!sha256.equals(report.of().digests().get("adapter"))) {
            throw refused(
                    what
                            + " is not as it was when it was audited: `"
                            + command
                            + "` audits it anew.");
        }
        maxExposure.ifPresent(most -> exposure(what, report, most, command));
        maxAuc.ifPresent(most -> area(what, report, most, command));
    }

    private void exposure(String what, AuditReport report, double most, String command) {
        var group =
                report.canaries().stream()
                        .flatMap(result -> result.repeats().stream())
                        .filter(each -> each.times() == repeats)
                        .findFirst()
                        .orElseThrow(() ->
                                refused(
                                        RULE
                                                + "max_exposure, and the audit of "
                                                + what
                                                + " has no canaries that were planted "
                                                + repeats
                                                + " times (they are 1, 4 and 16 times): train a twin with `sartor tune TASK --canaries 8`, then `"
                                                + command
                                                + "` again."));
        if (group.exposure().high() > most) {
            throw refused(
                    String.format(
                            Locale.ROOT,
                            "privacy.max_exposure must hold for %s: of canaries planted %d times the exposure is %.2f bits, up to %.2f, and at most %.2f are allowed. %s",
                            what,
                            group.times(),
                            group.exposure().value(),
                            group.exposure().high(),
                            most,
                            lessLearned(command)));
        }
    }

    private void area(String what, AuditReport report, double most, String command) {
        var membership =
                report.membership()
                        .orElseThrow(() ->
                                refused(
                                        RULE
                                                + "max_auc, and the audit of "
                                                + what
                                                + " has no membership inference, which takes 10 held-out rows or more: add test examples, then `"
                                                + command
                                                + "` again."));
        if (!membership.alike()) {
            throw refused(
                    RULE
                            + "max_auc, and the training and test examples of "
                            + what
                            + " are told apart by their words alone, so that membership cannot be measured: split them anew with `sartor data split`, train, then `"
                            + command
                            + "` again.");
        }
        var worst =
                membership.attacks().stream()
                        .max(Comparator.comparingDouble(each -> each.auc().high()))
                        .orElseThrow();
        if (worst.auc().high() > most) {
            throw refused(
                    String.format(
                            Locale.ROOT,
                            "privacy.max_auc must hold for %s: membership by %s has an AUC of %.3f, up to %.3f, and at most %.3f is allowed. %s",
                            what,
                            worst.attack(),
                            worst.auc().value(),
                            worst.auc().high(),
                            most,
                            lessLearned(command)));
        }
    }

    private static String lessLearned(String command) {
        return "Train with fewer epochs, a smaller rank or more rows, or audit more rows, then `"
                + command
                + "` again.";
    }

    private static SartorException refused(String why) {
        return SartorException.user(why);
    }
}
