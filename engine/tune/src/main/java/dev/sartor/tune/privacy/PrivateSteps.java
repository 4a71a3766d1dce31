package dev.sartor.tune.privacy;

import dev.sartor.tune.PrivacyLedger;
import dev.sartor.tune.privacy.NoiseKey.Use;
import java.util.List;
import java.util.stream.IntStream;

/// What chance decides in a private training, and what it costs.
///
/// @param batch rows that a step takes on the mean, which its noised sum is divided by
public record PrivateSteps(PrivacyLedger ledger, double batch, NoiseKey key) {
    /// The rows that a step takes: each by itself, with the sampling rate (Poisson sampling). There may be none.
    ///
    /// @param step from 0, over all epochs
    public <R> List<R> drawn(List<R> rows, int step) {
        var chance = key.stream(Use.ROWS, step, 0);
        var taken =
                IntStream.range(0, rows.size())
                        .filter(_ -> chance.nextDouble() < ledger.samplingRate())
                        .toArray();
        return IntStream.of(taken).<R>mapToObj(rows::get).toList();
    }

    /// The noise of some values of a step's sum.
    ///
    /// @param part its own number for all values that are asked for together
    float[] noise(int step, int part, int count) {
        return key.stream(Use.NOISE, step, part)
                .normal(count, ledger.noiseMultiplier() * ledger.clip());
    }
}
