package dev.sartor.cli.option;

import dev.sartor.model.Precision;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How the weights of a model are held, where that is not left to the project.
public final class WeightsOption {
    @Option(
            names = "--weights",
            paramLabel = "TYPE",
            description =
                    "How weights are held: ${COMPLETION-CANDIDATES} (default: as sartor.yaml says, else BF16). `sartor bench weights` measures what rounding costs.")
    Optional<Precision> weights = Optional.empty();

    public Precision or(Precision otherwise) {
        return weights.orElse(otherwise);
    }
}
