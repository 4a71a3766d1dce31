package dev.sartor.cli.fit;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Differential privacy of a training's examples, in place of what the project file says of it.
public final class PrivacyOptions {
    @Option(
            names = "--dp-epsilon",
            paramLabel = "E",
            description =
                    "Train under differential privacy (DP-SGD): noise keeps what comes out of the training within e^E of what would come out without any one example.")
    Optional<Double> epsilon = Optional.empty();

    @Option(
            names = "--dp-delta",
            paramLabel = "D",
            description =
                    "The probability with which that may fail (default: a tenth of one example's share).")
    Optional<Double> delta = Optional.empty();

    @Option(
            names = "--dp-clip",
            paramLabel = "C",
            description =
                    "The longest that one example's gradient may be; longer ones are shortened (default: 1).")
    Optional<Double> clip = Optional.empty();

    boolean areNone() {
        return epsilon.isEmpty() && delta.isEmpty() && clip.isEmpty();
    }

    /// Settings of a section `tune`, by their keys; none where nothing was asked for.
    ///
    /// @throws SartorException a user's error where they lack epsilon, or come with what they do not go with
    Map<String, String> settings(boolean isTraining, boolean hasRanks) {
        if (areNone()) {
            return Map.of();
        }
        check();
        if (isTraining) {
            throw SartorException.user(
                    "--dp-epsilon is for tasks, and this is a training: write 'privacy: {epsilon: "
                            + epsilon.orElseThrow()
                            + "}' under its tune instead.");
        }
        if (hasRanks) {
            throw SartorException.user(
                    "--ranks must be left out with --dp-epsilon, as the noise of a step is one process's.");
        }
        var yaml = new StringBuilder("{noise_multiplier: null, epsilon: " + epsilon.orElseThrow());
        yaml.append(", delta: ").append(delta.map(Object::toString).orElse("null"));
        clip.ifPresent(given -> yaml.append(", clip: ").append(given));
        return Map.of("privacy", yaml.append('}').toString());
    }

    private void check() {
        Problems.refuseUnless(
                epsilon.isPresent(),
                "--dp-delta and --dp-clip",
                "given with --dp-epsilon",
                "them alone",
                "--dp-epsilon 8 is a start");
        epsilon.ifPresent(given ->
                Problems.refuseUnless(
                        given > 0 && given <= 1000,
                        "--dp-epsilon",
                        "more than 0 and at most 1000",
                        given,
                        "1 to 8 is usual"));
        delta.ifPresent(given ->
                Problems.refuseUnless(
                        given > 0 && given <= 0.5,
                        "--dp-delta",
                        "more than 0 and at most 0.5",
                        given,
                        "leave it out for a tenth of an example's share"));
        clip.ifPresent(given ->
                Problems.refuseUnless(
                        given > 0 && Double.isFinite(given),
                        "--dp-clip",
                        "more than 0",
                        given,
                        "0.1 to 1 is usual"));
    }
}
