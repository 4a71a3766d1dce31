package dev.sartor.cli.index;

import dev.sartor.core.SartorException;
import dev.sartor.retrieve.search.Reranking;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What reads the first passages found and puts them into another order.
final class RerankOptions {
    @Option(
            names = "--rerank",
            paramLabel = "MODEL",
            description =
                    "Read the first passages found beside the question and reorder them: by a cross-encoder,"
                            + " or by how likely a model that writes text finds the question.")
    Optional<String> model = Optional.empty();

    @Option(
            names = "--rerank-depth",
            paramLabel = "N",
            description = "How many of them (default: " + Reranking.USUAL_DEPTH + ").")
    Optional<Integer> depth = Optional.empty();

    @Option(
            names = "--rerank-weight",
            paramLabel = "SHARE",
            description =
                    "What the model counts against the search, 0 to 1 (default: "
                            + Reranking.USUAL_WEIGHT
                            + ").")
    Optional<Double> weight = Optional.empty();

    Optional<SearchPlace.Rerank> rerank() {
        if (model.isEmpty() && (depth.isPresent() || weight.isPresent())) {
            throw SartorException.user(
                    "--rerank-depth and --rerank-weight say how --rerank MODEL does it: name the model,"
                            + " or leave them out.");
        }
        return model.map(name ->
                new SearchPlace.Rerank(
                        name,
                        depth.orElse(Reranking.USUAL_DEPTH),
                        weight.orElse(Reranking.USUAL_WEIGHT)));
    }
}
