package dev.sartor.tune;

import dev.sartor.core.Problems;
import java.util.Optional;

/// Differential privacy of a training's rows (DP-SGD: Abadi et al. 2016). What protects is noise, so a training under it learns less.
///
/// @param noise how much
/// @param delta the probability that is left out of the promise; empty for a tenth of one row's share
/// @param clip the longest that one row's gradient may be; a longer one is shortened to it
public record TunePrivacy(Noise noise, Optional<Double> delta, double clip) {
    /// How much noise is added to each step's sum of gradients.
    public sealed interface Noise {
        /// As much as the whole training needs to stay within ε.
        record Within(double epsilon) implements Noise {
            public Within {
                Problems.refuseUnless(
                        epsilon > 0 && Double.isFinite(epsilon),
                        "tune.privacy.epsilon",
                        "more than 0",
                        epsilon,
                        "1 to 8 is usual");
            }
        }

        /// A standard deviation, in units of the clip norm.
        record Multiplier(double multiplier) implements Noise {
            public Multiplier {
                Problems.refuseUnless(
                        multiplier >= 0.01 && Double.isFinite(multiplier),
                        "tune.privacy.noise_multiplier",
                        "at least 0.01",
                        multiplier,
                        "0.5 to 2 is usual");
            }
        }
    }

    public TunePrivacy {
        Problems.refuseUnless(
                clip > 0 && Double.isFinite(clip),
                "tune.privacy.clip",
                "more than 0",
                clip,
                "0.1 to 1 is usual");
    }

    /// @param rows of the training
    public double deltaFor(int rows) {
        double chosen = delta.orElse(0.1 / rows);
        Problems.refuseUnless(
                chosen > 0 && chosen < 1.0 / rows,
                "tune.privacy.delta",
                "more than 0 and less than one row's share, 1 ÷ " + rows,
                chosen,
                "leave it out for a tenth of that share");
        return chosen;
    }
}
