package dev.sartor.benchmarks.judge;

import dev.sartor.data.Judgement.Preferred;
import java.util.random.RandomGenerator;

/// How often people prefer the first answer, and neither.
record Outcomes(double first, double tie) {
    Preferred draw(RandomGenerator random) {
        double at = random.nextDouble();
        return at < first ? Preferred.FIRST : at < first + tie ? Preferred.TIE : Preferred.SECOND;
    }

    double chance(Preferred which) {
        return switch (which) {
            case FIRST -> first;
            case TIE -> tie;
            case SECOND -> 1 - first - tie;
        };
    }

    /// A tie counts half.
    double winRate() {
        return first + tie / 2;
    }
}
