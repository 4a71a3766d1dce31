package dev.sartor.compare.run;

import dev.sartor.tune.ClippedRows;
import dev.sartor.tune.PrivacyLedger;
import java.math.BigDecimal;
import java.util.Locale;

/// What was promised of each training example of a private training.
///
/// @param clipped the share of the examples' gradients that were longer than the clip norm, 0 to 1; it is exact, and so no part of
///     the promise
public record PrivacyRecord(
        double epsilon,
        double delta,
        double noiseMultiplier,
        double samplingRate,
        int steps,
        double clip,
        double clipped) {
    public static PrivacyRecord of(PrivacyLedger ledger, ClippedRows rows) {
        return new PrivacyRecord(
                ledger.epsilon(),
                ledger.delta(),
                ledger.noiseMultiplier(),
                ledger.samplingRate(),
                ledger.steps(),
                ledger.clip(),
                rows.share());
    }

    /// The promise and what it was computed from, in one clause.
    public static String text(PrivacyLedger ledger) {
        return String.format(
                Locale.ROOT,
                "ε %.3f at δ %.2g for each training example: noise multiplier %.4f, sampling rate %.4f, %,d steps, gradients clipped to %s",
                ledger.epsilon(),
                ledger.delta(),
                ledger.noiseMultiplier(),
                ledger.samplingRate(),
                ledger.steps(),
                new BigDecimal(String.valueOf(ledger.clip())).stripTrailingZeros().toPlainString());
    }

    /// What may be shown to everyone.
    public String promise() {
        return text(new PrivacyLedger(epsilon, delta, noiseMultiplier, samplingRate, steps, clip));
    }

    public String text() {
        return promise() + "; " + Figures.percent(clipped) + " of them were longer";
    }
}
