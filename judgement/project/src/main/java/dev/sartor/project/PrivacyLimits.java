package dev.sartor.project;

import dev.sartor.project.yaml.Setting;
import java.util.Optional;

/// What a tuned candidate may give away of the rows that it learned from. The upper ends of the audit's intervals count.
public record PrivacyLimits(
        @Setting(
                        means =
                                "The highest exposure of canaries, in bits: how much likelier a planted secret is than others. 1.44 is"
                                        + " the mean of a secret that was not learned, about 10 that of one that is known by heart."
                                        + " Needs a training with canaries: `sartor tune TASK --canaries 8`.",
                        example = "4",
                        least = 0,
                        most = 20,
                        advice = "4 lets through what chance alone may show with 8 canaries.")
                Optional<Double> maxExposure,
        @Setting(
                        means =
                                "The highest area under the curve of membership inference: how well rows of the training are told from"
                                        + " held-out ones. 0.5 is chance, 1 is each row.",
                        example = "0.6",
                        least = 0.5,
                        most = 1,
                        advice = "0.6 needs about 200 test examples to be shown.")
                Optional<Double> maxAuc,
        @Setting(
                        means =
                                "The canaries that max_exposure is about: those that were planted 1, 4 or 16 times. Rows of yours that"
                                        + " repeat are learned as canaries that do.",
                        fallback = "1",
                        example = "4",
                        least = 1,
                        most = 16,
                        advice = "1 suits rows without repeats, which `sartor data clean` leaves.")
                int exposureRepeats) {}
