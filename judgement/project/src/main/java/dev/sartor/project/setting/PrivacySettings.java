package dev.sartor.project.setting;

import dev.sartor.core.Problems;
import dev.sartor.project.yaml.Setting;
import dev.sartor.tune.TunePrivacy;
import java.util.Optional;

/// Differential privacy of the training examples (DP-SGD).
public record PrivacySettings(
        @Setting(
                        means =
                                "The promise: whether one training example is among the others or not changes the"
                                        + " probability of whatever comes out of the training by at most a factor e^epsilon, but for"
                                        + " a probability of delta. The noise is chosen for it, from all of the training's steps."
                                        + " Smaller promises more and learns less.",
                        example = "8",
                        least = 0,
                        above = true,
                        most = 1000,
                        advice = "1 to 8 is usual.")
                Optional<Double> epsilon,
        @Setting(
                        means =
                                "In place of epsilon: the noise's standard deviation, in units of the clip norm. What it"
                                        + " promises is computed from it.",
                        example = "1.1",
                        least = 0.01,
                        most = 10_000,
                        advice = "0.5 to 2 is usual.")
                Optional<Double> noiseMultiplier,
        @Setting(
                        means =
                                "The probability with which the promise may fail, less than one example's share of all. By"
                                        + " default a tenth of that share.",
                        example = "1e-5",
                        least = 0,
                        above = true,
                        most = 0.5,
                        advice = "Leave it out for a tenth of an example's share.")
                Optional<Double> delta,
        @Setting(
                        means =
                                "The longest that one example's gradient may be: longer ones are shortened to it, and the noise"
                                        + " is measured by it. Too small and examples count alike, whatever they teach; too large"
                                        + " and the noise is. max_grad_norm does nothing beside it.",
                        fallback = "1",
                        example = "1",
                        least = 0,
                        above = true,
                        advice = "0.1 to 1 is usual.")
                double clip) {
    public PrivacySettings {
        Problems.refuseUnless(
                epsilon.isPresent() != noiseMultiplier.isPresent(),
                "epsilon and noise_multiplier",
                "given one without the other",
                epsilon.isPresent() ? "both" : "neither",
                "'epsilon: 8' is a start, and the noise is chosen for it");
    }

    TunePrivacy recipe() {
        return new TunePrivacy(
                epsilon.<TunePrivacy.Noise>map(TunePrivacy.Noise.Within::new)
                        .orElseGet(() ->
                                new TunePrivacy.Noise.Multiplier(noiseMultiplier.orElseThrow())),
                delta,
                clip);
    }
}
