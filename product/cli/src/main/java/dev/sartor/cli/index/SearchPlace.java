package dev.sartor.cli.index;

import dev.sartor.retrieve.Conditions;
import dev.sartor.retrieve.Finding;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.search.Reranking;
import dev.sartor.retrieve.search.SearchSettings;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.training.LocalEngines;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What `sartor search` looks into.
interface SearchPlace {
    /// @param k passages at most
    /// @param mode empty for the usual one
    /// @param mmrLambda how much a passage counts against being like one above it, 0 to 1
    /// @param joined whether passages that follow one another are shown as one
    /// @param rerank by what; empty for not at all
    /// @param where what the documents must be
    record How(
            int k,
            Optional<SearchMode> mode,
            double mmrLambda,
            boolean joined,
            Optional<Rerank> rerank,
            Conditions where) {
        /// Searches so, with the reranker open meanwhile.
        ///
        /// @param usual how the place is searched where nothing else is said
        <T> T with(SearchSettings usual, LocalEngines engines, Function<SearchSettings, T> search) {
            var settings = usual.withMmrLambda(mmrLambda).where(where);
            if (rerank.isEmpty()) {
                return search.apply(settings);
            }
            var by = rerank.get();
            try (var reranker = engines.reranker(by.model())) {
                var reranking = new Reranking(reranker, by.depth(), by.weight());
                return search.apply(settings.rerankedBy(Optional.of(reranking)));
            }
        }
    }

    /// @param model as a model is named
    /// @param depth how many of the first passages
    /// @param weight of the model against the search
    record Rerank(String model, int depth, double weight) {}

    /// @param findings for each question its passages, best first
    /// @param words how the place compares words
    record Found(List<List<Finding>> findings, Analysis words) {}

    Found search(List<String> questions, How how);
}
