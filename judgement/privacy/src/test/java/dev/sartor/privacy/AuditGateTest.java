package dev.sartor.privacy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditGateTest {
    private static final AuditGate GATE = new AuditGate(Optional.of(4.0), Optional.of(0.6), 1);

    /// @param exposure of canaries that were planted once, the upper end
    /// @param area of membership, the upper end
    private static AuditReport report(double exposure, double area, boolean alike) {
        var low = new Estimate(1, 0, exposure);
        return new AuditReport(
                new AuditReport.Subject("r", "m", Map.of("adapter", "abc"), "now", Map.of()),
                List.of(),
                Optional.of(
                        new AuditReport.CanaryResult(
                                10,
                                List.of(
                                        new AuditReport.RepeatResult(
                                                1, 8, low, low, 0, 0, 0, 0, 0.5)))),
                Optional.of(
                        new AuditReport.MembershipResult(
                                200,
                                200,
                                List.of(
                                        new AuditReport.AttackResult(
                                                "loss",
                                                new Estimate(0.5, 0.4, area),
                                                new Estimate(0, 0, 0.1),
                                                0.5)),
                                new Estimate(0.5, 0.4, 0.6),
                                alike)),
                Optional.empty(),
                List.of());
    }

    private static void require(AuditReport report) {
        GATE.require("route-tuned-1", Optional.of(report), "abc", "sartor audit-adapter r");
    }

    @Test
    void whatIsBelowBothLimitsMayBeUsed() {
        assertThatCode(() -> require(report(4, 0.6, true))).doesNotThrowAnyException();
    }

    @Test
    void theUpperEndOfTheIntervalCounts() {
        assertThatThrownBy(() -> require(report(4.2, 0.6, true)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("privacy.max_exposure must hold for route-tuned-1")
                .hasMessageContaining("up to 4.20, and at most 4.00 are allowed");
        assertThatThrownBy(() -> require(report(3, 0.63, true)))
                .hasMessageContaining("up to 0.630, and at most 0.600 is allowed");
    }

    @Test
    void whatWasNotAuditedOrIsNoLongerWhatWasIsRefusedWithTheNextStep() {
        assertThatThrownBy(
                        () -> GATE.require("r", Optional.empty(), "abc", "sartor audit-adapter r"))
                .hasMessageContaining("was not audited")
                .hasMessageContaining("`sartor audit-adapter r` does that");
        assertThatThrownBy(() ->
                        GATE.require(
                                "r",
                                Optional.of(report(1, 0.5, true)),
                                "other",
                                "sartor audit-adapter r"))
                .hasMessageContaining("not as it was when it was audited");
    }

    @Test
    void whatCouldNotBeMeasuredIsRefused() {
        assertThatThrownBy(() -> require(report(1, 0.5, false)))
                .hasMessageContaining("told apart by their words alone");
        assertThatThrownBy(() ->
                        new AuditGate(Optional.of(4.0), Optional.empty(), 4)
                                .require("r", Optional.of(report(1, 0.5, true)), "abc", "c"))
                .hasMessageContaining("has no canaries that were planted 4 times");
    }
}
