package dev.sartor.retrieve.search;

import dev.sartor.core.Embedder;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.SearchMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Questions put to one commit of an index, embedded together.
///
/// @param embedder empty where words alone are searched
public record PassageQuestions(PassageSearch search, Optional<Embedder> embedder) {
    /// @return for each the best `k` passages that its principal may read, best first
    public List<List<Passage>> searchAll(
            List<PassageIndex.Query> inquiries, int k, SearchSettings settings) throws IOException {
        Problems.refuseUnless(
                k >= 1 && k <= PassageIndex.MOST_PASSAGES,
                "retrieval.passages",
                "1 to " + PassageIndex.MOST_PASSAGES,
                k,
                "3 suits small models");
        if (settings.mmrLambda() < 1 && embedder.isEmpty()) {
            throw SartorException.user(
                    "a lambda below 1 compares the passages' vectors, and this index was made without"
                            + " an embedder: leave out --mmr-lambda");
        }
        var asked = vectors(inquiries, settings.mode());
        var found = new ArrayList<List<Passage>>();
        for (int i = 0; i < inquiries.size(); i++) {
            var vector = asked.isEmpty() ? Optional.<float[]>empty() : Optional.of(asked.get(i));
            found.add(search.best(inquiries.get(i), vector, k, settings));
        }
        return found;
    }

    /// The vectors of questions.
    public List<float[]> embedded(List<String> questions) {
        return vectors(
                questions.stream()
                        .map(each -> new PassageIndex.Query(each, Principal.local()))
                        .toList(),
                SearchMode.VECTOR);
    }

    List<float[]> vectors(List<PassageIndex.Query> inquiries, SearchMode mode) {
        if (mode == SearchMode.BM25) {
            return List.of();
        }
        var model =
                embedder.orElseThrow(() ->
                        SartorException.user(
                                "the mode must be bm25 in an index without an embedder, got "
                                        + mode.name().toLowerCase(Locale.ROOT)
                                        + ": name an embedder or choose bm25"));
        return model.embedQueries(inquiries.stream().map(PassageIndex.Query::text).toList());
    }
}
