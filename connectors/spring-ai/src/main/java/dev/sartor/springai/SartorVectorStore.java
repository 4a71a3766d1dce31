package dev.sartor.springai;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.Finding;
import dev.sartor.retrieve.index.PersistentIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.filter.Filter;

/// A standing index as Spring AI reads it: what the principal may read, best first, by words and meaning. The documents'
/// metadata are `document`, `section`, `rank` (from 1), of PDF files `page` and `last_page` and, where copies were passed over, `also_in` (a list). They have no
/// score, as scores tell of passages that the asker may not read. Nothing is written through it. Safe for concurrent
/// callers.
///
/// @param index the caller closes it
/// @param principal who asks, from the application's authenticated side; asked at each search, on the thread that searches
public record SartorVectorStore(PersistentIndex index, Supplier<Principal> principal)
        implements VectorStore {

    /// @throws SartorException a user's error for a filter or a threshold, which an index that gives ranks cannot honour
    @Override
    public List<Document> similaritySearch(SearchRequest request) {
        refuseFilter(request);
        refuseThreshold(request.getSimilarityThreshold());
        var documents = new ArrayList<Document>();
        for (var finding : index.search(request.getQuery(), request.getTopK(), principal.get())) {
            documents.add(document(documents.size() + 1, finding));
        }
        return documents;
    }

    private static void refuseFilter(SearchRequest request) {
        if (request.hasFilterExpression()) {
            throw SartorException.user(
                    "filterExpression must be left out, got "
                            + request.getFilterExpression()
                            + ": an index filters by who may read a passage alone. Give groups of"
                            + " documents readers or an index of their own.");
        }
    }

    private static void refuseThreshold(double threshold) {
        if (threshold != SearchRequest.SIMILARITY_THRESHOLD_ACCEPT_ALL) {
            throw SartorException.user(
                    "similarityThreshold must be 0, got "
                            + threshold
                            + ": an index gives ranks, not scores, as scores tell of passages that"
                            + " the asker may not read. Limit the passages by topK.");
        }
    }

    private static Document document(int rank, Finding finding) {
        var passage = finding.passage();
        var document =
                Document.builder()
                        .id(passage.id())
                        .text(passage.text())
                        .metadata("document", passage.document())
                        .metadata("section", passage.section())
                        .metadata("rank", rank);
        if (passage.pages().isKnown()) {
            document.metadata("page", passage.pages().first());
            document.metadata("last_page", passage.pages().last());
        }
        if (!finding.alsoIn().isEmpty()) {
            document.metadata("also_in", finding.alsoIn());
        }
        return document.build();
    }

    @Override
    public void add(List<Document> documents) {
        throw isReadOnly();
    }

    @Override
    public void delete(List<String> ids) {
        throw isReadOnly();
    }

    @Override
    public void delete(Filter.Expression filter) {
        throw isReadOnly();
    }

    private static UnsupportedOperationException isReadOnly() {
        return new UnsupportedOperationException(
                "an index follows its sources and is not written through Spring AI: change the"
                        + " documents, and run `sartor index SOURCE --out INDEX`, or leave it"
                        + " running with --watch.");
    }
}
